// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that happened in a storm, as whoever wrote it down saw it. Devices are named by the
 * local part of their account.
 */
public sealed interface Fact {
  Instant at();

  /** The operator signed it and began to submit it. */
  record Submitted(
      Instant at,
      DocumentId id,
      Verb verb,
      Set<String> devices,
      Instant deliverBy,
      Instant executeBy,
      Terms terms)
      implements Fact {
    public Submitted {
      devices = Set.copyOf(devices);
    }

    /** One without further terms. */
    public Submitted(
        Instant at,
        DocumentId id,
        Verb verb,
        Set<String> devices,
        Instant deliverBy,
        Instant executeBy) {
      this(at, id, verb, devices, deliverBy, executeBy, Terms.NONE);
    }
  }

  /**
   * What else an order says.
   *
   * @param executeAt not before then
   * @param until to be undone then
   * @param when only while the device is so
   * @param cancels the order it takes back
   * @param supersedes the order whose place it takes
   */
  record Terms(
      Optional<Instant> executeAt,
      Optional<Instant> until,
      Optional<Operating> when,
      Optional<DocumentId> cancels,
      Optional<DocumentId> supersedes) {
    public static final Terms NONE =
        new Terms(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** The service answered {@code accepted}. */
  record Accepted(Instant at, DocumentId id) implements Fact {}

  /** The service said no. */
  record Declined(Instant at, DocumentId id, Reason reason, String text) implements Fact {}

  /** Nobody can know whether the service got it. */
  record Unanswered(Instant at, DocumentId id, String text) implements Fact {}

  /**
   * The equipment's own record: it acted.
   *
   * @param was how it was when it did
   */
  record Acted(Instant at, String device, DocumentId id, Verb verb, Optional<Operating> was)
      implements Fact {}

  /** The equipment's own record: it undid what an order with this verb had done. */
  record Undone(Instant at, String device, Verb verb) implements Fact {}

  /** The service took the operator's signed word that a delivery is given up. */
  record GivenUp(Instant at, DocumentId id, String device) implements Fact {}

  /** A signed outcome reached the operator. */
  record Told(Instant at, DocumentId id, String device, Signed outcome) implements Fact {}

  /**
   * What the service answered about a delivery when the storm was over.
   *
   * @param reading 1 for the first, 2 for the one after another restart
   * @param outcomes what the device signed about it
   * @param givenUp whether the operator's word is there that nobody will know
   */
  record Found(
      Instant at,
      int reading,
      DocumentId id,
      String device,
      DeliveryState state,
      String text,
      List<Signed> outcomes,
      boolean givenUp)
      implements Fact {
    public Found {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** The service answered that it knows no such order. */
  record Missing(Instant at, int reading, DocumentId id) implements Fact {}

  /** A fault of the harness. */
  record Struck(Instant at, String what) implements Fact {}

  /** The harness put an older copy in place of the device's journal. */
  record Restored(Instant at, String device) implements Fact {}

  /** A person was told that the device's journal fell behind. */
  record Quarantined(Instant at, String device) implements Fact {}

  /**
   * A device's signed word.
   *
   * @param digest of the signed bytes
   */
  record Signed(String digest, DeliveryState result, String text) {}
}
