// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static energy.muster.service.alarm.Plant.course;
import static energy.muster.service.alarm.Plant.step;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.identity.BareJid;
import energy.muster.presence.Duty;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The service finds the same people at the same times as rules that were written down apart. */
final class EscalationModelTest {
  private static final List<String> PEOPLE = List.of("op-1", "op-2", "op-3", "op-4");
  private static final List<String> DEVICES = List.of("load-1", "load-2");
  private static final List<String> RULES = List.of("too-hot", "too-cold");
  // What was said of people is on the service's disk within this time.
  private static final Duration WRITTEN = Duration.ofSeconds(6);

  enum Move {
    RAISE,
    RETURN,
    ACKNOWLEDGE,
    COMMENT,
    ESCALATE,
    COME,
    LEAVE,
    BUSY,
    BACK,
    SIGN_OFF,
    HAND_OVER,
    ACCEPT,
    DECLINE,
    GO_HOME,
    RESTART,
    RESTART_AND_BACK,
    NOTHING
  }

  /**
   * @param who a person
   * @param what a device and rule, which open alarm, or which other person
   */
  record Turn(Move move, int who, int what, Duration then) {}

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<Duration> pauses =
        Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 9_999)),
                Tuple.of(6, Arbitraries.integers().between(10_000, 45_000)),
                Tuple.of(2, Arbitraries.integers().between(45_000, 400_000)),
                // Longer than an offer stands.
                Tuple.of(1, Arbitraries.integers().between(900_000, 1_000_000)))
            // Never a whole second, at which two things could fall due at once, and never so little
            // that what many people do at once is looked at together.
            .map(millis -> Duration.ofMillis(millis / 10 * 10 + 307));
    Arbitrary<Move> moves =
        Arbitraries.frequency(
            Tuple.of(5, Move.RAISE),
            Tuple.of(3, Move.RETURN),
            Tuple.of(4, Move.ACKNOWLEDGE),
            Tuple.of(1, Move.COMMENT),
            Tuple.of(2, Move.ESCALATE),
            Tuple.of(6, Move.COME),
            Tuple.of(4, Move.LEAVE),
            Tuple.of(2, Move.BUSY),
            Tuple.of(2, Move.BACK),
            Tuple.of(1, Move.SIGN_OFF),
            Tuple.of(3, Move.HAND_OVER),
            Tuple.of(2, Move.ACCEPT),
            Tuple.of(1, Move.DECLINE),
            Tuple.of(4, Move.GO_HOME),
            Tuple.of(1, Move.RESTART),
            Tuple.of(2, Move.RESTART_AND_BACK),
            Tuple.of(2, Move.NOTHING));
    return Combinators.combine(
            moves,
            Arbitraries.integers().between(0, PEOPLE.size() - 1),
            Arbitraries.integers().between(0, 3),
            pauses)
        .as(Turn::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(50);
  }

  @Property(tries = 400)
  void theServiceLooksForThoseWhomTheRulesName(@ForAll("turns") List<Turn> turns) {
    Plant plant = new Plant();
    plant.device("load-1", "branch-60");
    plant.device("load-2", "branch-61");
    plant.operator("op-1", "*");
    plant.operator("op-2", "branch-60");
    plant.operator("op-3", "branch-60", "branch-61");
    plant.operator("op-4", "branch-61");
    plant.publish(
        course(
            Duration.ofSeconds(100),
            step(20, "person:op-1@grid.example"),
            step(30, "person:op-2@grid.example", "person:op-3@grid.example"),
            step(40, "role:operator")));
    EscalationModel model = new EscalationModel(plant.world.clock.instant());
    for (Turn turn : turns) {
      act(plant, model, turn);
      compare(plant, model);
      for (Duration part : List.of(turn.then().dividedBy(3), turn.then().dividedBy(2))) {
        plant.pass(part);
        model.advance(plant.world.clock.instant());
        compare(plant, model);
      }
    }
  }

  private static void act(Plant plant, EscalationModel model, Turn turn) {
    String person = PEOPLE.get(turn.who());
    String device = DEVICES.get(turn.what() % 2);
    String rule = RULES.get(turn.what() / 2);
    boolean there = plant.session(person) != null;
    switch (turn.move()) {
      case RAISE -> {
        if (!model.active(device, rule)) {
          plant.onset(device, rule);
          model.raise(device, rule);
        }
      }
      case RETURN -> {
        if (model.active(device, rule)) {
          plant.returned(device, rule);
          model.over(device, rule);
        }
      }
      case ACKNOWLEDGE, ESCALATE ->
          model
              .pick(turn.what())
              .filter(number -> there)
              .ifPresent(number -> does(plant, model, turn.move(), person, number));
      case COMMENT ->
          model
              .pick(turn.what())
              .ifPresent(
                  number -> {
                    String owner = model.owner(number).orElse(person);
                    if (plant.session(owner) != null) {
                      does(plant, model, Move.COMMENT, owner, number);
                    }
                  });
      case COME -> {
        if (!there) {
          comes(plant, model, person);
        }
      }
      case LEAVE -> {
        if (there) {
          plant.leave(person);
          model.leave(person);
        }
      }
      case BUSY, BACK, SIGN_OFF -> {
        if (there) {
          Duty duty =
              switch (turn.move()) {
                case BUSY -> Duty.DND;
                case BACK -> Duty.ON_DUTY;
                default -> Duty.OFF_DUTY;
              };
          plant.says(person, duty);
          model.says(person, duty.wire());
        }
      }
      case HAND_OVER -> {
        if (there) {
          handsOver(plant, model, turn.move(), person, other(turn));
        }
      }
      case ACCEPT, DECLINE -> {
        String from = other(turn);
        String heir = model.heir(from).orElse(person);
        if (plant.session(heir) != null) {
          handsOver(plant, model, turn.move(), heir, from);
        }
      }
      case GO_HOME -> model.pick(turn.what()).ifPresent(alarm -> goesHome(plant, model, alarm));
      case RESTART -> restart(plant, model);
      case RESTART_AND_BACK -> {
        List<String> were = PEOPLE.stream().filter(each -> plant.session(each) != null).toList();
        restart(plant, model);
        were.forEach(
            each -> {
              comes(plant, model, each);
              plant.pass(Pager.REVIEWING);
              model.advance(plant.world.clock.instant());
            });
      }
      case NOTHING -> {}
    }
  }

  private static String other(Turn turn) {
    return PEOPLE.get((turn.who() + 1 + turn.what() % 3) % PEOPLE.size());
  }

  /** Whoever has the alarm leaves, and hands over to somebody who is there. */
  private static void goesHome(Plant plant, EscalationModel model, long alarm) {
    Optional<String> owner = model.owner(alarm).filter(who -> plant.session(who) != null);
    Optional<String> heir =
        PEOPLE.stream()
            .filter(who -> plant.session(who) != null && owner.filter(who::equals).isEmpty())
            .findFirst();
    if (owner.isPresent() && heir.isPresent()) {
      handsOver(plant, model, Move.HAND_OVER, owner.get(), heir.get());
      plant.leave(owner.get());
      model.leave(owner.get());
    }
  }

  private static void comes(Plant plant, EscalationModel model, String person) {
    plant.come(person);
    plant.says(person, Duty.ON_DUTY);
    model.come(person);
  }

  private static void restart(Plant plant, EscalationModel model) {
    plant.pass(WRITTEN);
    model.advance(plant.world.clock.instant());
    plant.restart();
    DEVICES.forEach(plant::come);
    model.restart();
  }

  private static void does(
      Plant plant, EscalationModel model, Move move, String person, long number) {
    AlarmAct.Kind kind =
        switch (move) {
          case ACKNOWLEDGE -> AlarmAct.Kind.ACKNOWLEDGE;
          case COMMENT -> AlarmAct.Kind.COMMENT;
          default -> AlarmAct.Kind.ESCALATE;
        };
    assertThat(taken(() -> plant.does(person, kind, number)))
        .isEqualTo(model.does(kind.wire(), person, number));
  }

  private static void handsOver(
      Plant plant, EscalationModel model, Move move, String person, String other) {
    boolean taken =
        taken(
            () -> {
              switch (move) {
                case HAND_OVER -> plant.handOver(person, other);
                case ACCEPT -> plant.accept(person, other);
                default -> plant.decline(person, other);
              }
            });
    boolean expected =
        switch (move) {
          case HAND_OVER -> model.offers(person, other);
          case ACCEPT -> model.accepts(person, other);
          default -> model.declines(person, other);
        };
    assertThat(taken).isEqualTo(expected);
  }

  private static boolean taken(Runnable asked) {
    try {
      asked.run();
      return true;
    } catch (Refused no) {
      return false;
    }
  }

  private static void compare(Plant plant, EscalationModel model) {
    Map<Long, String> seen = new TreeMap<>();
    plant.seenBy("watcher", "open").forEach((number, entry) -> seen.put(number, words(entry)));

    assertThat(seen).isEqualTo(model.words());
  }

  private static String words(AlarmEntry entry) {
    String owner =
        entry
            .owner()
            .map(
                who ->
                    who.person().local()
                        + " until "
                        + who.until()
                        + who.heir()
                            .map(
                                heir ->
                                    ", left to %s until %s"
                                        .formatted(heir.person().local(), heir.until()))
                            .orElse(""))
            .orElse("nobody");
    String search =
        entry
            .search()
            .map(
                how ->
                    "asks %s, step %d of round %d, next %s"
                        .formatted(
                            names(how.to()),
                            how.step(),
                            how.round(),
                            how.next().map(Instant::toString)))
            .orElse("asks none");
    return entry.state().wire() + ", " + owner + ", " + search;
  }

  private static String names(List<BareJid> people) {
    return people.stream()
        .map(BareJid::local)
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }
}
