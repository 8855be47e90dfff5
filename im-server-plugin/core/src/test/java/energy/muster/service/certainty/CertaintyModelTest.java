// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.certainty;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class CertaintyModelTest {
  // What the service said of a device is on its disk within this time.
  private static final Duration WRITTEN = Duration.ofSeconds(6);

  /** What the device, its line and the server do. */
  enum Move {
    OPEN,
    PROVE,
    CUT_SOME,
    CUT_OWN,
    SAY,
    PROMISE,
    LEAVE,
    LEAVE_UNTIL,
    FALL_SILENT,
    ANSWER,
    RESTART,
    NOTHING
  }

  /**
   * @param number a lease, a grace, a time away or which stream, as the move needs it
   * @param then how much later the next move comes
   */
  record Step(Move move, int number, Duration then) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    // Many short times, and some at which a lease, a grace and two probes are over.
    Arbitrary<Duration> pauses =
        Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 20_000)),
                Tuple.of(2, Arbitraries.of(5_000, 15_000, 60_000, 75_000, 80_000, 85_000)),
                Tuple.of(1, Arbitraries.integers().between(0, 7_200_000)))
            .map(Duration::ofMillis);
    return Combinators.combine(
            Arbitraries.of(Move.values()), Arbitraries.integers().between(0, 600), pauses)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 150)
  void theServiceSaysWhatTheModelRecomputesFromTheLog(@ForAll("steps") List<Step> steps) {
    World world = new World();
    SigningIdentity operator = world.pki.operator("op-1", "branch-60");
    FullJid person = world.prove(operator, "console");
    Subject subject = new Subject(world, "load-48");
    subject.prove();
    for (Step step : steps) {
      if (step.move() == Move.RESTART) {
        world.pass(WRITTEN);
        world.killAndRestart();
        subject.restarted();
        person = world.prove(operator, "console");
      } else {
        act(subject, step);
      }
      compare(subject, person);
      for (Duration part : List.of(step.then().dividedBy(3), step.then().dividedBy(2))) {
        world.pass(part);
        compare(subject, person);
      }
    }
  }

  private static void compare(Subject subject, FullJid person) {
    assertThat(subject.seenBy(person)).isEqualTo(subject.expected());
  }

  private static void act(Subject subject, Step step) {
    Function<Integer, Duration> atLeast = least -> Duration.ofSeconds(least + step.number());
    switch (step.move()) {
      case OPEN -> subject.open();
      case PROVE -> subject.prove();
      case CUT_SOME -> subject.cut(step.number());
      case CUT_OWN -> subject.cut();
      case SAY -> subject.say();
      case PROMISE -> subject.promise(atLeast.apply(5), Duration.ofSeconds(1 + step.number() % 60));
      case LEAVE -> subject.takeLeave(Optional.empty());
      case LEAVE_UNTIL -> subject.takeLeave(Optional.of(atLeast.apply(0)));
      case FALL_SILENT -> subject.answer(false);
      case ANSWER -> subject.answer(true);
      case RESTART, NOTHING -> {}
    }
  }
}
