// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmTransition;
import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refusal;
import energy.muster.response.ShedProposal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing to remember. */
public sealed interface Entry {
  /** An order was taken: its sealed bytes once, and a row a delivery. */
  record Accepted(Order order) implements Entry {}

  /**
   * A delivery moved on, or something happened to it without moving it ({@code state} is then the
   * state it is in): one more row of history, and the delivery's newest state, time and text.
   */
  record Moved(DocumentId command, BareJid device, DeliveryState state, Instant at, String text)
      implements Entry {}

  /**
   * A delivery ended with the device's signed word: a row of history and the newest state, as with
   * {@link Moved}, and the sealed outcome, not yet reported to the issuer.
   */
  record Concluded(
      DocumentId command,
      BareJid device,
      DeliveryState state,
      Instant at,
      String text,
      Sealed outcome,
      Digest outcomeDigest)
      implements Entry {}

  /**
   * A delivery whose end nobody knows was given up as {@code uncertain} by a person's signed word:
   * a row of history, the newest state, and the document.
   */
  record WrittenOff(
      DocumentId command,
      BareJid device,
      Instant at,
      String text,
      Sealed writeOff,
      Digest writeOffDigest)
      implements Entry {}

  /**
   * A device's signed outcome that came after its delivery was written off. It moves nothing: a row
   * of history and the sealed outcome, not yet reported to the issuer.
   */
  record Evidenced(
      DocumentId command,
      BareJid device,
      Instant at,
      String text,
      Sealed outcome,
      Digest outcomeDigest)
      implements Entry {}

  /** The issuer has the outcome. */
  record Reported(DocumentId command, BareJid device, Instant at) implements Entry {}

  /** What is known of a person; replaces what was. */
  record PersonNoted(PersonRecord person) implements Entry {}

  /** Somebody says something to somebody. */
  record LineSaid(ChatLine line) implements Entry {}

  /** Whom the line is for has it. */
  record LineTaken(DocumentId line, Instant at) implements Entry {}

  /** How far a hand-over has come; one of the same id is replaced. */
  record HandOverNoted(HandOver handOver) implements Entry {}

  /** What is known of a device; replaces what was. */
  record DeviceNoted(DeviceRecord device) implements Entry {}

  /** A grant to look; one of the same id replaces it. */
  record LookGranted(LookRecord grant) implements Entry {}

  /** A mandate was given; it replaces the master IED's earlier one. */
  record MandateGiven(MandateRecord record) implements Entry {}

  /** How far an alarm's way to an address has come; one of the same id is replaced. */
  record LetterNoted(Letter letter) implements Entry {}

  /**
   * A revocation list that a security administrator brought.
   *
   * @param crl base64 of its DER
   */
  record CrlTaken(String crl, Instant at) implements Entry {}

  /** Somebody was told no. */
  record RefusalNoted(Instant at, BareJid sender, Refusal refusal) implements Entry {}

  /**
   * How many more refusals or stanzas above the limit one sender had in a minute.
   *
   * @param minute its beginning
   */
  record ExcessCounted(Instant minute, BareJid sender, Excess kind, long count) implements Entry {}

  /** What was counted instead of recorded. */
  enum Excess {
    REFUSALS,
    STANZAS
  }

  /** One person must be told something. */
  record Owed(Notice notice) implements Entry {}

  /** Whom it was for has it. */
  record Taken(DocumentId notice, Instant at) implements Entry {}

  /** Those who were there were told something. */
  record Noticed(Instant at, String kind, Optional<BareJid> device, String text) implements Entry {}

  /**
   * A device came or went.
   *
   * @param at since when it is so, which may be before it was found
   */
  record Attended(BareJid device, Instant at, Attendance attendance, String note)
      implements Entry {}

  /** The service was there from its start until then; one of the same start replaces it. */
  record Ran(Instant started, Instant alive) implements Entry {}

  /** An alarm as it now stands, in place of what was, and what happened to it. */
  record AlarmMoved(AlarmRecord alarm, List<AlarmTransition> transitions) implements Entry {
    public AlarmMoved {
      transitions = List.copyOf(transitions);
    }
  }

  /** A sealed document about alarms was taken. */
  record AlarmFiled(AlarmPaper paper) implements Entry {}

  /** A signed rule of the site; it replaces the earlier one of its kind. */
  record CharterTaken(Charter charter) implements Entry {}

  /** A meter's readings were taken. */
  record ReadingsTaken(ReadingsRecord readings) implements Entry {}

  /** A meter's statement was compared; it replaces the earlier one. */
  record StatementTaken(ReadingsArchive.Statement statement) implements Entry {}

  /** A person's correction of a meter's readings was taken. */
  record ReadingsCorrected(CorrectionRecord correction) implements Entry {}

  /**
   * A tariff or prices were published; in one append with its order.
   *
   * @param over when nothing rests on it any more, if that is known
   */
  record Published(Publication publication, Optional<Instant> over) implements Entry {}

  /** What was published with this order is over then. */
  record Outdated(DocumentId order, Instant over) implements Entry {}

  /** How far a proposal has come; one of the same number is replaced. */
  record ProposalNoted(ShedProposal proposal) implements Entry {}

  /**
   * Something changed that others keep copies of; in one append with the change itself. It goes
   * into the next change set of its class.
   *
   * @param flags by which destinations choose, at most 8
   * @param record what it is now; with {@code device}, only those see it who may know of that one
   */
  record Changed(DataClass dataClass, List<String> flags, Instant at, ObjectNode record)
      implements Entry {
    private static final int MOST_FLAGS = 8;

    public Changed {
      flags = List.copyOf(flags);
      record = record.deepCopy();
      if (flags.size() > MOST_FLAGS) {
        throw new IllegalArgumentException("at most " + MOST_FLAGS + " flags");
      }
    }

    @Override
    public ObjectNode record() {
      return record.deepCopy();
    }
  }

  /**
   * A change set was made of what had changed.
   *
   * @param upTo the number of the last change that is in it
   */
  record ChangesClosed(ChangeSet set, long upTo) implements Entry {}

  /** How far somebody who keeps a copy has come. */
  record Positioned(Position position) implements Entry {}

  /** A firmware's manifest was taken. */
  record ManifestFiled(FirmwareRecord.FiledManifest manifest) implements Entry {}

  /** A list of releases was taken. */
  record ReleasesFiled(FirmwareRecord.FiledReleases releases) implements Entry {}

  /** The scanner has said something of an image; it replaces what it said before. */
  record ImageScanned(FirmwareRecord.Scan scan) implements Entry {}

  /** A device said what it runs, and it is not what it said before. */
  record FirmwareReported(FirmwareRecord.Reported report) implements Entry {}

  /** A person decided something of an upgrade. */
  record CampaignActed(FirmwareRecord.Acted acted) implements Entry {}

  /** An order that waited for a second person has the signature: these bytes replace the first. */
  record Approved(DocumentId order, BareJid by, Sealed sealed, Instant at) implements Entry {}
}
