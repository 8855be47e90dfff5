// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FlappingTest {
  private final World world = new World();
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private final FullJid person = world.prove(world.pki.operator("op-1", "branch-60"), "console");
  private FullJid device;
  private int number;

  @BeforeEach
  void comesAndGoes() {
    comeBack();
    for (int i = 0; i < 4; i++) {
      world.cut(device);
      world.pass(Duration.ofSeconds(20));
      comeBack();
    }
  }

  private void comeBack() {
    device = world.prove(load, "k" + ++number);
  }

  private long losses() {
    return world.seen(person, "load-48").orElseThrow().flapping().orElseThrow().losses();
  }

  @Test
  void theFifthLossInTenMinutesIsToldOnceAndSingleFaultsNoMore() {
    world.cut(device);
    world.pass(Duration.ofSeconds(20));
    comeBack();
    world.cut(device);
    world.pass(Duration.ofSeconds(20));

    assertThat(world.notices(person))
        .containsExactly(
            "fault",
            "cleared",
            "fault",
            "cleared",
            "fault",
            "cleared",
            "fault",
            "cleared",
            "flapping");
    assertThat(losses()).isEqualTo(6);
  }

  @Test
  void oneThatStaysAwayForFiveMinutesIsAFaultAfterAll() {
    world.cut(device);
    world.pass(Duration.ofSeconds(314));
    assertThat(world.notices(person)).endsWith("cleared", "flapping");
    world.pass(Duration.ofSeconds(1));

    assertThat(world.notices(person)).endsWith("flapping", "fault");
    assertThat(world.seen(person, "load-48").orElseThrow().flapping()).isEmpty();
  }

  @Test
  void aFaultThatIsWithheldIsToldByTheNextService() {
    world.cut(device);
    world.pass(Duration.ofSeconds(60));
    assertThat(world.notices(person)).endsWith("cleared", "flapping");
    world.killAndRestart();
    FullJid again = world.prove(world.pki.operator("op-2", "branch-60"), "console");
    world.pass(Duration.ofMinutes(6));

    assertThat(world.notices(again)).endsWith("fault");
    assertThat(world.seen(again, "load-48").orElseThrow().fault()).isTrue();
  }

  @Test
  void oneThatIsThereForFiveMinutesWithoutABreakIsSteadyAgain() {
    world.cut(device);
    comeBack();
    world.pass(Duration.ofSeconds(299));
    assertThat(losses()).isEqualTo(5);
    world.pass(Duration.ofSeconds(1));

    assertThat(world.notices(person)).endsWith("flapping", "steady");
    assertThat(world.seen(person, "load-48").orElseThrow().flapping()).isEmpty();
  }

  @Test
  void aLossNowAndThenIsNoFlapping() {
    world.pass(Duration.ofMinutes(11));
    world.cut(device);
    world.pass(Duration.ofSeconds(20));

    assertThat(world.notices(person)).endsWith("cleared", "fault");
  }

  @Test
  void sessionsThatTakeEachOthersPlaceFlapToo() {
    comeBack();

    assertThat(world.notices(person)).endsWith("flapping");
  }
}
