// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.certainty;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.presence.Certainty;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A whole day of four devices and one server, with the clock in the test's hand. */
final class DayTest {
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final int STEPS_A_MINUTE = 4;
  private static final int MINUTES = 24 * 60;

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private final Subject steady = new Subject(world, "load-1");
  private final Subject polling = new Subject(world, "meter-1");
  private final Subject maintained = new Subject(world, "gen-1");
  private final Subject poorly = new Subject(world, "load-2");
  private final List<Subject> all = List.of(steady, polling, maintained, poorly);
  private FullJid person = world.prove(operator, "console");

  @Test
  void everyQuarterMinuteOfTheDayIsAsTheModelSays() {
    all.forEach(Subject::prove);
    poorly.promise(Duration.ofSeconds(10), Duration.ofSeconds(30));
    Set<Certainty> met = EnumSet.noneOf(Certainty.class);

    for (int step = 0; step < MINUTES * STEPS_A_MINUTE; step++) {
      if (step % STEPS_A_MINUTE == 0) {
        minute(step / STEPS_A_MINUTE);
      }
      if (step % 2 == 0) {
        steady.say();
        maintained.say();
      }
      world.pass(STEP);
      for (Subject subject : all) {
        Certainty seen = subject.seenBy(person);
        assertThat(seen).as("after %d quarter minutes", step + 1).isEqualTo(subject.expected());
        met.add(seen);
      }
    }
    assertThat(met).isEqualTo(EnumSet.allOf(Certainty.class));
  }

  private void minute(int minute) {
    if (minute % 15 == 0 && minute != 60) {
      // At one o'clock it does not come.
      polling.prove();
    } else if (minute % 15 == 1) {
      polling.takeLeave(Optional.of(Duration.ofMinutes(14)));
      polling.cut(0);
    }
    switch (minute) {
      case 180, 420 -> poorly.answer(false);
      case 185 -> poorly.answer(true);
      case 425 -> {
        poorly.answer(true);
        poorly.say();
      }
      case 300 -> poorly.cut();
      case 301 -> poorly.open();
      case 310 -> poorly.prove();
      case 480 -> {
        maintained.takeLeave(Optional.of(Duration.ofHours(4)));
        maintained.cut(0);
      }
      case 720 -> maintained.prove();
      case 1080 -> {
        world.killAndRestart();
        all.forEach(Subject::restarted);
        person = world.prove(operator, "console");
      }
      case 1081 -> {
        steady.prove();
        maintained.prove();
      }
      default -> {}
    }
  }
}
