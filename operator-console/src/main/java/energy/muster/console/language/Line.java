// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.alarm.AlarmAct;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Duty;
import energy.muster.refusal.Reason;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** One line, understood. */
public sealed interface Line {
  /** Nothing, or only a comment. */
  record Blank() implements Line {}

  /** {@code who loads on branch 60 that are on}. */
  record Who(Selection selection) implements Line {}

  /**
   * {@code on duty}, {@code away because lunch}, {@code off duty, hand over to op-2}.
   *
   * @param heir who takes over, when somebody signs off
   */
  record AtWork(Duty duty, Optional<Moment> until, Optional<String> because, Optional<Name> heir)
      implements Line {}

  /** {@code who people}, {@code who is on duty}. */
  record People(boolean onDuty) implements Line {}

  /** {@code tell op-2 the feeder is back}. */
  record Tell(Name person, String text) implements Line {}

  /** What is done in the rooms of areas, and acts on nothing. */
  sealed interface OfRooms extends Line {}

  /** {@code rooms}: those one may enter. */
  record Rooms() implements OfRooms {}

  /** {@code join branch-60}. */
  record Join(String room) implements OfRooms {}

  /** {@code leave branch-60}. */
  record Leave(String room) implements OfRooms {}

  /** {@code say branch-60 good morning}. */
  record Say(String room, String text) implements OfRooms {}

  /** {@code accept op-1}: takes over what they wait for. */
  record Accept(Optional<Name> from) implements Line {}

  /** {@code decline op-1}: does not. */
  record Decline(Optional<Name> from) implements Line {}

  /** {@code status gen-2}: what is known here, without asking the device. */
  record Status(Selection selection) implements Line {}

  /** Everything that is signed and sent to devices, {@code status gen-2 now} among it. */
  record Order(Act act, Selection targets, Options options) implements Line {}

  /** {@code let visitor look at gen-2 until 18:00}. */
  record Let(Name viewer, Selection devices, Moment until) implements Line {}

  /**
   * {@code mandate branch-60 to shed and restore up to 200 kW until 18:00}.
   *
   * @param allowance without it, the master IED may do nothing by itself any more
   */
  record Mandate(Name master, Optional<Allowance> allowance) implements Line {}

  /**
   * What a master IED may do.
   *
   * @param verbs in the order in which it is to try them
   * @param most how much it may move
   * @param floor how much load stays on
   */
  record Allowance(List<Verb> verbs, Power most, Power floor, Moment until) {
    public Allowance {
      verbs = List.copyOf(verbs);
    }
  }

  /** {@code orders}, {@code orders held}. */
  record Orders(Filter filter) implements Line {}

  /** {@code order 7QK2XA}. */
  record OrderDetail(Name id) implements Line {}

  /** {@code cancel 7QK2XA}. */
  record Cancel(Name order, Optional<String> reason) implements Line {}

  /** {@code give up 7QK2XA load-48 because "the feeder was rebuilt"}. */
  record GiveUp(Name order, Optional<Name> device, String reason) implements Line {}

  /** {@code export order 7QK2XA to FOLDER}. */
  record Export(Name id, String folder) implements Line {}

  /** {@code follow gen-2}: shows its presence changes from now on. */
  record Follow(Selection devices, boolean on) implements Line {}

  /** {@code watch gen-3}: tells when it becomes available. */
  record Watch(Selection devices, boolean on) implements Line {}

  /** {@code view branch 60}: what the console is about from now on; empty asks what it is. */
  record View(Optional<Selection> about) implements Line {}

  /** {@code watches}: what is watched. */
  record Watches() implements Line {}

  /** {@code expect refused critical-process}: judges the order before it, waiting if asked to. */
  record ExpectOutcome(DeliveryState state, Optional<Reason> reason, Optional<Duration> within)
      implements Line {}

  /** {@code expect met}, {@code expect short}: judges the goal before it. */
  record ExpectGoal(boolean met) implements Line {}

  /** {@code expect hint}: the line before it must not have been understood. */
  record ExpectHint() implements Line {}

  /** {@code expect gen-2 on within 30 s}: waits until all of it is so. */
  record ExpectState(Selection.Named devices, List<Condition> conditions, Optional<Duration> within)
      implements Line {
    public ExpectState {
      conditions = List.copyOf(conditions);
    }
  }

  /** {@code expect 12 loads on branch 60 that are on within 10 s}. */
  record ExpectCount(int count, Selection.Matching selection, Optional<Duration> within)
      implements Line {}

  /** {@code help}, {@code help shed}. */
  record Help(Optional<String> topic) implements Line {}

  /** {@code quit}. */
  record Quit() implements Line {}

  /**
   * {@code reliability branch 60 since 24 h}.
   *
   * @param device one device, or empty for all of an area or of the site
   */
  record Reliability(Optional<Name> device, Optional<String> area, Optional<Since> since)
      implements Line {}

  /** About alarms, and who answers them. */
  sealed interface OfAlarms extends Line {}

  /** {@code alarms}, {@code alarms mine}. */
  record Alarms(AlarmFilter filter) implements OfAlarms {}

  /** {@code alarm 42}. */
  record AlarmDetail(long number) implements OfAlarms {}

  /**
   * {@code ack 42}, {@code shelve 42 for 1 h because …}.
   *
   * @param oneShot whether it also comes back when it returns
   * @param reason may be empty where none is needed
   */
  record OnAlarms(
      AlarmAct.Kind kind,
      List<Long> numbers,
      Optional<Moment> until,
      boolean oneShot,
      String reason)
      implements OfAlarms {
    public OnAlarms {
      numbers = List.copyOf(numbers);
    }
  }

  /** {@code alarms report since 24 h}. */
  record AlarmReport(Optional<Since> since, boolean csv) implements OfAlarms {}

  /** {@code duty plant-3 at 02:00}. */
  record OnDuty(Optional<String> team, Optional<Moment> at) implements OfAlarms {}

  /**
   * {@code publish duty FILE}.
   *
   * @param column where the file stood
   */
  record Publish(Plan plan, String path, int column) implements OfAlarms {}

  /** What an engineer signs for the whole site. */
  enum Plan {
    DUTY,
    POLICY
  }

  /** About meters, and what is owed for what they counted. */
  sealed interface OfMeters extends Line {}

  /** {@code meter meter-1}: what it counted today and this month. */
  record Meter(Name meter) implements OfMeters {}

  /** {@code readings meter-1 for 2026-11 to FILE}. */
  record MeterReadings(Name meter, Period period, Optional<Target> file) implements OfMeters {}

  /** {@code bill meter-1 for 2026-11 under FILE}. */
  record BillFor(Name meter, Period period, Optional<Target> tariff, Optional<Target> file)
      implements OfMeters {}

  /** {@code correct meter-1 at 2026-11-03 10:15 to 0.25 kWh because …}. */
  record Correct(Name meter, LocalDateTime start, long wattHours, String reason)
      implements OfMeters {}

  /** {@code settle 7QK2XA}: what was shed of what was promised. */
  record Settle(Name order, Optional<Target> file) implements OfMeters {}

  /**
   * Some days.
   *
   * @param until the first day after them
   */
  record Period(LocalDate from, LocalDate until) {}

  /**
   * Something that is named in a line, mostly a file.
   *
   * @param column where it stood
   */
  record Target(String text, int column) {}

  /** Which alarms are listed. */
  enum AlarmFilter {
    OPEN,
    MINE,
    UNACKNOWLEDGED,
    SHELVED,
    ALL
  }

  /** Which orders are listed. */
  enum Filter {
    MINE,
    HELD,
    OPEN,
    FAILED,
    ALL
  }

  /** About firmware. */
  non-sealed interface OfFirmware extends Line {}

  /** About prices, and what follows from them. */
  sealed interface OfPrices extends Line {}

  /** {@code tariff}: what counts now, and what comes. */
  record TariffNow(Optional<Name> offer) implements OfPrices {}

  /** {@code price now}. */
  record PriceNow(Optional<Name> offer) implements OfPrices {}

  /** A day of the tariff's zone: so many after today, or a date. */
  record Day(int ahead, Optional<LocalDate> date) {}

  /** {@code prices tomorrow}. */
  record PricesOn(Day day, Optional<Name> offer) implements OfPrices {}

  /** {@code who has tariff northco/home version 2}. */
  record WhoHas(boolean prices, Optional<Name> offer, Optional<Long> version) implements OfPrices {}

  /** {@code proposals}: sheds that are proposed because of a price. */
  record Proposals() implements OfPrices {}

  /** {@code accept proposal 3}. */
  record AcceptProposal(long number) implements OfPrices {}

  /** {@code release proposal 3}, which this person has taken on. */
  record ReleaseProposal(long number) implements OfPrices {}

  /** {@code changes tariffs with billing into FOLDER}: what changed since the last time. */
  record Changes(DataClass dataClass, List<String> flags, String folder) implements Line {
    public Changes {
      flags = List.copyOf(flags);
    }
  }
}
