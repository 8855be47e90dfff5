// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmTransition;
import energy.muster.billing.Bill;
import energy.muster.billing.MeterStatement;
import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Precondition;
import energy.muster.console.language.Hint;
import energy.muster.document.DocumentId;
import energy.muster.duty.Change;
import energy.muster.duty.OnDuty;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkState;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.ReadingsPage;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.presence.Colleague;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refusal;
import energy.muster.response.ShedProposal;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.Tariff;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something a face shows, in answer to a line or because it happened. */
public sealed interface Event {
  /** By this console's clock. */
  Instant at();

  /** Who is there. */
  record Listed(Instant at, List<Contact> contacts) implements Event {}

  /** What is known of one device. */
  record Shown(Instant at, Contact contact) implements Event {}

  /**
   * Whom an order is about to address, before it is signed.
   *
   * @param power what they announce together that the order is about; empty where none announces it
   * @param when what each of them judges again before it acts
   */
  record Addressed(
      Instant at,
      Instruction instruction,
      List<BareJid> devices,
      Optional<Power> power,
      Optional<Precondition> when)
      implements Event {}

  /** The service has the order on disk. */
  record Accepted(Instant at, DocumentId order, Map<BareJid, Standing> deliveries)
      implements Event {}

  /** The service said no to the order or the question. */
  record Declined(Instant at, String what, Refusal refusal) implements Event {}

  /**
   * A device's own, verified answer.
   *
   * @param instruction what was asked of it
   * @param devices how many the order addresses
   * @param took from issue to here; empty for an order of another sitting
   */
  record Answered(
      Instant at, Outcome outcome, Instruction instruction, int devices, Optional<Duration> took)
      implements Event {}

  /**
   * Whom a goal may be reached with, before it is signed.
   *
   * @param candidates in the order in which they will be asked
   * @param enough how many of them announce the goal together
   * @param leftOut devices that were meant, each with why it will not be asked
   * @param floors what must stay on, by area
   */
  record Planned(
      Instant at,
      Goal goal,
      List<Candidates.Candidate> candidates,
      int enough,
      Map<BareJid, String> leftOut,
      Map<String, Power> floors)
      implements Event {
    public Power announced() {
      return candidates.stream().map(Candidates.Candidate::sheds).reduce(Power.ZERO, Power::plus);
    }
  }

  /** The service has an order with a goal on disk and asks its first candidates. */
  record Pursuing(Instant at, DocumentId order, Goal goal, int candidates) implements Event {}

  /**
   * Nobody is asked any more.
   *
   * @param shed what devices have signed, by what was verified here
   * @param open who was asked and has not answered
   * @param lacking why it was not reached, if it was not
   * @param pursued whether it was left while the service still goes on with it
   */
  record GoalEnded(
      Instant at,
      DocumentId order,
      Goal goal,
      Power shed,
      Map<DeliveryState, Long> counts,
      List<BareJid> open,
      Optional<Shortfall> lacking,
      boolean pursued)
      implements Event {
    public boolean met() {
      return shed.compareTo(goal.shed()) >= 0;
    }
  }

  /** In which steps devices come back, before that is signed. */
  record Ramped(Instant at, List<Ramp.Step> steps) implements Event {}

  /** How much of a goal has been signed. */
  record Sum(Power shed, Goal goal) {}

  /**
   * How far an order to several devices has come.
   *
   * @param sum of an order with a goal
   */
  record Tally(
      Instant at, DocumentId order, int devices, Map<DeliveryState, Long> counts, Optional<Sum> sum)
      implements Event {
    public long answered() {
      return counts.entrySet().stream()
          .filter(entry -> entry.getKey().terminal())
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    public boolean over() {
      return answered() == devices;
    }
  }

  /** An order waits, as it was asked to, and the console goes on. */
  record Resting(
      Instant at,
      DocumentId order,
      Map<BareJid, Standing> open,
      Optional<Instant> executeAt,
      Instant deliverBy)
      implements Event {}

  /** What was to be taken back had ended before anybody asked. */
  record TooLate(Instant at, DocumentId order, BareJid device, Standing standing)
      implements Event {}

  /** The service has this person's signed word that a delivery is given up. */
  record GivenUp(Instant at, DocumentId order, BareJid device, String reason) implements Event {}

  /** Something claimed to be an answer and was not believed. */
  record Distrusted(Instant at, Refusal why) implements Event {}

  /** The service ended a delivery without the device. */
  record Ended(Instant at, DocumentId order, BareJid device, Standing standing) implements Event {}

  /** An order is still without an answer, and the console goes on waiting. */
  record Waiting(Instant at, DocumentId order, List<BareJid> devices, Duration limit)
      implements Event {}

  /** The console stopped waiting; the order goes on. */
  record StillOpen(Instant at, DocumentId order, Map<BareJid, Standing> open) implements Event {}

  /** A device somebody is interested in became something else. */
  record Changed(Instant at, Contact contact) implements Event {}

  /** How reliable devices and areas were, by the service's records. */
  record Reliability(Instant at, ReliabilityRecord record) implements Event {}

  /** A device that is watched has become available. */
  record Available(Instant at, Contact contact) implements Event {}

  /**
   * What is watched, and how it is.
   *
   * @param devices all that are watched now
   * @param named those that are until that is taken back
   * @param described each description and whom it means now
   */
  record Watched(
      Instant at,
      List<BareJid> devices,
      List<BareJid> named,
      Map<String, List<BareJid>> described,
      List<BareJid> available)
      implements Event {}

  /**
   * The service has something to tell a person.
   *
   * @param order what it is about, if an order
   * @param news whether another event has not told it already
   */
  record Noticed(
      Instant at,
      String kind,
      Optional<DocumentId> order,
      Optional<BareJid> device,
      String text,
      boolean news)
      implements Event {}

  /** The connection. */
  record Linked(Instant at, LinkState state) implements Event {}

  /** Orders as the service keeps them. */
  record Orders(Instant at, List<OrderRecord> orders) implements Event {}

  /** One order with its history, and what of it is certain. */
  record OrderShown(Instant at, OrderRecord order, OrderProof proof) implements Event {}

  /** Files were written. */
  record Exported(Instant at, DocumentId order, List<Path> files) implements Event {}

  /** Whether what was expected is so. */
  record Expected(Instant at, boolean met, String text) implements Event {}

  /** A line was not understood. */
  record Mistaken(Instant at, String line, Hint hint) implements Event {}

  /** Something is not as safe as it should be, and what to do about it. */
  record Warned(Instant at, String text) implements Event {}

  /** Colleagues, as the service knows them. */
  record Staffed(Instant at, List<Colleague> people) implements Event {}

  /** A person says something; it acts on nothing. */
  record Spoken(Instant at, BareJid from, String text) implements Event {}

  /**
   * A line of an area's room; it acts on nothing.
   *
   * @param at when it was said, if that was before the room was entered
   * @param speaker empty for the room itself
   */
  record RoomSpoken(Instant at, String room, Optional<String> speaker, String text)
      implements Event {}

  /** The rooms one may enter, and those one is in. */
  record RoomsListed(Instant at, List<String> open, List<String> entered) implements Event {}

  /** An alarm is offered to whoever is here. What the device says of it has been checked. */
  record AlarmOffered(Instant at, AlarmEntry alarm) implements Event {}

  /** A device that the service does not answer brings its alarm itself. */
  record AlarmHeard(Instant at, Alarm alarm) implements Event {}

  /**
   * Something happened to an alarm.
   *
   * @param me who is here
   * @param before as it was known; empty if it was not
   * @param mine whether whoever is here had it, or was asked to take it on
   */
  record AlarmChanged(
      Instant at, BareJid me, Optional<AlarmEntry> before, AlarmEntry alarm, boolean mine)
      implements Event {}

  /**
   * Alarms as the service knows them.
   *
   * @param left how many there are beyond these
   */
  record AlarmsListed(Instant at, BareJid me, List<AlarmEntry> alarms, long left)
      implements Event {}

  /** A signed document whose seal has been checked here. */
  record SignedWord(BareJid signer, Instant issuedAt, String what) {}

  /** One alarm, all that happened to it by the service's word, and what of it is signed. */
  record AlarmShown(
      Instant at,
      BareJid me,
      AlarmEntry alarm,
      List<AlarmTransition> transitions,
      List<SignedWord> signed,
      List<Refusal> distrusted)
      implements Event {}

  /** What was done about alarms, and what was not. */
  record AlarmsActed(
      Instant at,
      AlarmAct.Kind kind,
      Optional<Instant> until,
      List<Long> done,
      Map<Long, Refusal> refused)
      implements Event {}

  /** How much the alarms of a time asked of people. */
  record AlarmFigures(Instant at, AlarmReport report, boolean csv) implements Event {}

  /** Who is to answer for a team, and who after them. */
  record TeamOnDuty(String team, Optional<OnDuty> now, Optional<Change> next) {}

  /**
   * What the roster says of a moment.
   *
   * @param asked which moment
   */
  record DutyShown(Instant at, Instant asked, long revision, List<TeamOnDuty> teams)
      implements Event {}

  /**
   * What a meter counted today and this month.
   *
   * @param own what it reckons by itself, if it has told
   */
  record MeterShown(
      Instant at, MeterStatement statement, ReadingsPage page, Optional<OwnStatement> own)
      implements Event {}

  /** A meter's readings of some days, and the file they were written to. */
  record ReadingsShown(Instant at, MeterStatement statement, ReadingsPage page, Optional<Path> file)
      implements Event {}

  /**
   * What is owed for some days.
   *
   * @param known until when the meter has told of itself
   */
  record Billed(Instant at, Bill bill, Instant known, Optional<Path> file) implements Event {}

  /** Another value stands in the place of what a meter said, which is kept. */
  record Corrected(
      Instant at, BareJid meter, IntervalEnergy original, IntervalEnergy by, String reason)
      implements Event {}

  /** What a shed came to, and the file it was written to. */
  record Settlement(Instant at, Settled settled, Optional<Path> file) implements Event {}

  /** About firmware. */
  non-sealed interface OfFirmware extends Event {}

  /** Words of the console's own. */
  record Said(Instant at, String text) implements Event {}

  /** Tariffs that count now, and those that come. */
  record TariffsShown(Instant at, List<Tariff> now, List<Tariff> coming, List<OfferName> series)
      implements Event {}

  /**
   * What energy costs.
   *
   * @param day which one; empty for now
   */
  record PricesShown(Instant at, Priced priced, Optional<LocalDate> day) implements Event {}

  /**
   * Who has something that was published.
   *
   * @param state has, waits, newer, older, none, or how its delivery ended
   * @param version the highest that it has
   */
  record Holder(
      BareJid device, String state, Optional<Long> version, Optional<Instant> at, String text) {}

  /**
   * Who has something that was published.
   *
   * @param counts of each state
   * @param left how many there are beyond these
   */
  record ReceiptsShown(
      Instant at, String document, Map<String, Long> counts, List<Holder> devices, long left)
      implements Event {}

  /** What is proposed because of prices. */
  record ProposalsShown(Instant at, List<ShedProposal> proposals) implements Event {}

  /** Change sets were written out. */
  record Copied(Instant at, DataClass dataClass, int sets, long upTo, List<Path> files)
      implements Event {}
}
