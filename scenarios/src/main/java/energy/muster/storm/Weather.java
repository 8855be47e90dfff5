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
      strikes.add(strike(Strike.Kind.OLD_JOURNAL));
    }
    List<Order> orders = new ArrayList<>();
    int submitted = FEWEST_ORDERS + random.nextInt(MORE_ORDERS);
    for (int i = 0; i < submitted; i++) {
      orders.add(order());
    }
    strikes.forEach(strike -> orders.add(aimed(strike)));
    return new Round(strikes, orders, random.nextBoolean() || ages);
  }

  private Strike.Kind kind() {
    int at = 0;
    for (Strike.Kind kind : Strike.Kind.values()) {
      at += kind.weight();
    }
    at = random.nextInt(at);
    for (Strike.Kind kind : Strike.Kind.values()) {
      at -= kind.weight();
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("no kind of fault has a weight");
  }

  private Strike strike(Strike.Kind kind) {
    String victim = "";
    if (kind.ofLine()) {
      List<String> ends = new ArrayList<>(Fleet.STATIONS);
      ends.add(Issuer.NAME);
      victim = of(ends);
    } else if (kind.ofDevice()) {
      victim = of(Fleet.STATIONS);
    } else if (kind == Strike.Kind.OLD_JOURNAL) {
      victim = Fleet.RESTORED;
    }
    // An old journal comes before the device can have been struck by something else.
    int latest = kind == Strike.Kind.OLD_JOURNAL ? 500 : 5000;
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
    if (strike.kind() == Strike.Kind.OLD_JOURNAL) {
      return waiting(strike);
    }
    List<String> struck = Fleet.devicesOf(strike.victim());
    String device =
        strike.kind() == Strike.Kind.STALL_DISK
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
        strike.kind() == Strike.Kind.STALL_DISK || random.nextBoolean());
  }

  /** An order whose time is over while nobody can know what became of it, and then given up. */
  private Order doubtful(Strike strike, String device) {
    // What ends the connection must strike after the order was sent, or it is only held.
    int at = strike.kind().endsConnection() ? around(strike, -150, 0) : around(strike, 0, 150);
    return order(device, List.of(device), at, true).givenUpSoon();
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
        Order.Extras.NONE);
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

  private Order.Extras extras(Verb verb, Duration execute) {
    // A later time does not fit into an order that must be over in a moment.
    int most = Math.toIntExact(Math.min(3000, execute.toMillis()));
    Order.Extras extras = Order.Extras.NONE.givenUp(random.nextInt(8) == 0);
    if (verb == Verb.SELECT) {
      return extras;
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> UNDONE.contains(verb) ? extras.until(between(1500, 6000)) : extras;
      case 2 -> extras.when(state(), false);
      case 3 -> extras.when(state(), true);
      case 4 -> extras.after(between(100, most));
      case 5 -> extras.after(between(most / 2, most)).then(Order.Sequel.CANCEL, between(0, most));
      case 6 -> extras.after(between(most / 2, most)).then(Order.Sequel.REPLACE, between(0, most));
      default -> random.nextBoolean() ? extras.then(Order.Sequel.CANCEL, between(0, most)) : extras;
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
