// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.presence.Operating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Draws from a seed what is ordered and what strikes, and when; the same seed draws the same. */
final class Weather {
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final int FEWEST_STRIKES = 2;
  private static final int MORE_STRIKES = 4;
  private static final int FEWEST_ORDERS = 8;
  private static final int MORE_ORDERS = 8;
  private static final int LATEST_RESTORED = 10;

  /** What a device undoes when its time is over. */
  private static final Set<Verb> UNDONE = EnumSet.of(Verb.SHED, Verb.LIMIT, Verb.START);

  /** What can strike. */
  enum Kind {
    KILL_SERVER(3),
    FREEZE_SERVER(1),
    KILL_DEVICE(4),
    FREEZE_DEVICE(3),
    CUT_LINE(2),
    DROP_LINE(2),
    HOLD_TO_SERVER(2),
    HOLD_FROM_SERVER(2),
    DELAY_LINE(2),
    DROP_ALL_LINES(1),
    STALL_DISK(3),
    FILL_DISK(1),
    STALL_SERVER_DISK(2),
    OLD_JOURNAL(0);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    boolean ofServer() {
      return this == KILL_SERVER || this == FREEZE_SERVER;
    }

    boolean ofLine() {
      return switch (this) {
        case CUT_LINE, DROP_LINE, HOLD_TO_SERVER, HOLD_FROM_SERVER, DELAY_LINE -> true;
        default -> false;
      };
    }

    boolean ofDisk() {
      return this == STALL_DISK || this == FILL_DISK || this == STALL_SERVER_DISK;
    }

    /** Whether it can leave it open what became of an order. */
    boolean leavesInDoubt() {
      return ofDevice() || this == HOLD_TO_SERVER || this == CUT_LINE;
    }

    boolean endsConnection() {
      return this == KILL_DEVICE || this == CUT_LINE;
    }

    boolean ofDevice() {
      return this == KILL_DEVICE || this == FREEZE_DEVICE;
    }
  }

  /**
   * One fault.
   *
   * @param victim a station, the operator, or empty where there is only one
   * @param at from the beginning of the round
   */
  record Strike(Kind kind, String victim, Duration at, Duration lasts) {
    @Override
    public String toString() {
      return kind + (victim.isEmpty() ? "" : " " + victim) + " for " + lasts.toMillis() + " ms";
    }
  }

  /**
   * One order.
   *
   * @param at from the beginning of the round
   * @param twice submitted a second time at once, with the same id
   * @param extras what else it says, and what is done about it later
   */
  record Order(
      Duration at,
      Instruction instruction,
      List<String> devices,
      Duration deliverWithin,
      Duration executeWithin,
      boolean urgent,
      boolean twice,
      Extras extras) {
    /** One to be submitted at once, without anything else. */
    static Order plain(Instruction instruction, List<String> devices, Duration within) {
      return new Order(
          Duration.ZERO, instruction, devices, within, within, false, false, Extras.NONE);
    }

    Order now(Instruction next) {
      return new Order(
          Duration.ZERO, next, devices, deliverWithin, executeWithin, urgent, twice, Extras.NONE);
    }
  }

  /** What is done about an order after it was given. */
  enum Sequel {
    CANCEL,
    REPLACE
  }

  /**
   * All times from the order's issue.
   *
   * @param executeAfter it waits on the device until then
   * @param until it is to be undone then
   * @param awaited whether the service holds it until {@code when} is met
   * @param givenUp whether the operator gives it up if nobody knows what became of it
   */
  record Extras(
      Optional<Duration> executeAfter,
      Optional<Duration> until,
      Optional<Operating> when,
      boolean awaited,
      Optional<Sequel> sequel,
      Duration sequelAfter,
      boolean givenUp) {
    static final Extras NONE =
        new Extras(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Duration.ZERO,
            false);

    Extras after(Duration later) {
      return new Extras(Optional.of(later), until, when, awaited, sequel, sequelAfter, givenUp);
    }

    Extras until(Duration end) {
      return new Extras(
          executeAfter, Optional.of(end), when, awaited, sequel, sequelAfter, givenUp);
    }

    Extras when(Operating state, boolean wait) {
      return new Extras(
          executeAfter, until, Optional.of(state), wait, sequel, sequelAfter, givenUp);
    }

    Extras then(Sequel what, Duration after) {
      return new Extras(executeAfter, until, when, awaited, Optional.of(what), after, givenUp);
    }

    Extras givenUp(boolean wanted) {
      return new Extras(executeAfter, until, when, awaited, sequel, sequelAfter, wanted);
    }
  }

  /**
   * A stretch of the storm.
   *
   * @param calmBefore whether everybody comes back before it begins
   */
  record Round(List<Strike> strikes, List<Order> orders, boolean calmBefore) {}

  private final Random random;
  private final int rounds;
  private final int restoredIn;
  private int drawn;

  Weather(long seed, int rounds) {
    this.random = new Random(seed);
    this.rounds = rounds;
    // Late enough for the journal to have been written on, early enough for most rounds to try
    // what the device does with the older one.
    this.restoredIn = 1 + random.nextInt(Math.max(1, Math.min(rounds / 2, LATEST_RESTORED)));
  }

  Round next() {
    int index = drawn++;
    List<Strike> strikes = new ArrayList<>();
    int count = FEWEST_STRIKES + random.nextInt(MORE_STRIKES);
    boolean disk = false;
    while (strikes.size() < count) {
      Strike strike = strike(kind());
      boolean ofDisk = strike.kind().ofDisk();
      if (!ofDisk || !disk) {
        strikes.add(strike);
      }
      disk |= ofDisk;
    }
    boolean ages = rounds > 1 && (index == 0 || index == restoredIn);
    if (ages) {
      strikes.add(strike(Kind.OLD_JOURNAL));
    }
    List<Order> orders = new ArrayList<>();
    int submitted = FEWEST_ORDERS + random.nextInt(MORE_ORDERS);
    for (int i = 0; i < submitted; i++) {
      orders.add(order());
    }
    strikes.forEach(strike -> orders.add(aimed(strike)));
    return new Round(strikes, orders, random.nextBoolean() || ages);
  }

  private Kind kind() {
    int at = 0;
    for (Kind kind : Kind.values()) {
      at += kind.weight;
    }
    at = random.nextInt(at);
    for (Kind kind : Kind.values()) {
      at -= kind.weight;
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("no kind of fault has a weight");
  }

  private Strike strike(Kind kind) {
    String victim = "";
    if (kind.ofLine()) {
      List<String> ends = new ArrayList<>(Fleet.STATIONS);
      ends.add(Issuer.NAME);
      victim = of(ends);
    } else if (kind.ofDevice()) {
      victim = of(Fleet.STATIONS);
    } else if (kind == Kind.OLD_JOURNAL) {
      victim = Fleet.RESTORED;
    }
    // An old journal comes before the device can have been struck by something else.
    int latest = kind == Kind.OLD_JOURNAL ? 500 : 5000;
    return new Strike(kind, victim, between(0, latest), between(100, 2500));
  }

  private Order order() {
    String device = of(Fleet.DEVICES);
    List<String> devices =
        Fleet.PAIR.contains(device) && random.nextBoolean() ? Fleet.PAIR : List.of(device);
    return order(
        device, devices, random.nextInt(Math.toIntExact(ROUND.toMillis())), random.nextInt(4) == 0);
  }

  private Order aimed(Strike strike) {
    if (strike.kind() == Kind.OLD_JOURNAL) {
      return waiting(strike);
    }
    List<String> struck = Fleet.devicesOf(strike.victim());
    String device =
        strike.kind() == Kind.STALL_DISK
            ? Fleet.STALLED
            : of(struck.isEmpty() ? Fleet.DEVICES : struck);
    return strike.kind().leavesInDoubt() ? doubtful(strike, device) : underWay(strike, device);
  }

  /** An order that is just on its way when that happens. */
  private Order underWay(Strike strike, String device) {
    return order(
        device,
        List.of(device),
        around(strike, -100, 150),
        strike.kind() == Kind.STALL_DISK || random.nextBoolean());
  }

  /** An order whose time is over while nobody can know what became of it, and then given up. */
  private Order doubtful(Strike strike, String device) {
    // What ends the connection must strike after the order was sent, or it is only held.
    int at = strike.kind().endsConnection() ? around(strike, -150, 0) : around(strike, 0, 150);
    Order order = order(device, List.of(device), at, true);
    return new Order(
        order.at(),
        order.instruction(),
        order.devices(),
        order.deliverWithin(),
        order.deliverWithin(),
        order.urgent(),
        order.twice(),
        Extras.NONE.givenUp(true));
  }

  /** An order that waits for the device when it comes back, with whichever journal. */
  private Order waiting(Strike strike) {
    Duration within = between(15_000, 20_000);
    return new Order(
        strike.at().plus(strike.lasts()),
        instruction(strike.victim()),
        List.of(strike.victim()),
        within,
        within,
        false,
        false,
        Extras.NONE);
  }

  private int around(Strike strike, int least, int most) {
    return Math.max(0, Math.toIntExact(strike.at().plus(between(least, most)).toMillis()));
  }

  private Order order(String device, List<String> devices, int at, boolean hasty) {
    Duration deliver =
        device.equals(Fleet.CALLER)
            ? between(11_000, 16_000)
            : hasty ? between(200, 1500) : between(2000, 9000);
    Duration execute = deliver.plus(random.nextBoolean() ? Duration.ZERO : between(100, 3000));
    Instruction instruction = instruction(device);
    return new Order(
        Duration.ofMillis(at),
        instruction,
        devices,
        deliver,
        execute,
        random.nextInt(5) == 0,
        random.nextInt(4) == 0,
        extras(instruction.verb(), execute));
  }

  private Extras extras(Verb verb, Duration execute) {
    // A later time does not fit into an order that must be over in a moment.
    int most = Math.toIntExact(Math.min(3000, execute.toMillis()));
    Extras extras = Extras.NONE.givenUp(random.nextInt(8) == 0);
    if (verb == Verb.SELECT) {
      return extras;
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> UNDONE.contains(verb) ? extras.until(between(1500, 6000)) : extras;
      case 2 -> extras.when(state(), false);
      case 3 -> extras.when(state(), true);
      case 4 -> extras.after(between(100, most));
      case 5 -> extras.after(between(most / 2, most)).then(Sequel.CANCEL, between(0, most));
      case 6 -> extras.after(between(most / 2, most)).then(Sequel.REPLACE, between(0, most));
      default -> random.nextBoolean() ? extras.then(Sequel.CANCEL, between(0, most)) : extras;
    };
  }

  private Operating state() {
    return random.nextBoolean() ? Operating.ON : Operating.OFF;
  }

  private Instruction instruction(String device) {
    if (device.equals(Fleet.GENERATOR)) {
      return Instruction.plain(random.nextBoolean() ? Verb.START : Verb.STOP);
    }
    if (device.equals(Fleet.BREAKER)) {
      return new Instruction.Select(random.nextBoolean() ? Verb.OPEN : Verb.CLOSE);
    }
    return switch (random.nextInt(3)) {
      case 0 -> Instruction.plain(Verb.SHED);
      case 1 -> Instruction.plain(Verb.RESTORE);
      default -> new Instruction.Limit(Power.kilowatts(1 + random.nextInt(19)));
    };
  }

  private Duration between(int least, int most) {
    return Duration.ofMillis(least + random.nextInt(most - least + 1));
  }

  private <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
