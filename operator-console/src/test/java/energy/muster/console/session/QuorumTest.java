// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Goal;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a typed goal to the signed order of candidates; and back in steps. */
final class QuorumTest extends Sitting {
  @BeforeEach
  void loadsThatCanBeShed() throws Exception {
    service
        .with("load-1", load(40), "branch-60", "tier-2")
        .with("load-2", load(40), "branch-60", "tier-1")
        .with("load-3", load(60), "branch-60", "tier-1")
        .with("load-4", load(40), "branch-60", "critical-loads")
        .with("load-5", load(0), "branch-60", "tier-1");
    begin();
    events.clear();
    service.behave(
        (command, device) ->
            Optional.of(new Result.Executed("off", Optional.of(Power.kilowatts(40)))));
  }

  static DevicePresence load(int kilowatts) {
    return new DevicePresence(
        1,
        DeviceKind.LOAD,
        Operating.ON,
        Optional.empty(),
        Optional.empty(),
        Map.of(
            Quantity.SHEDDABLE, BigDecimal.valueOf(kilowatts),
            Quantity.CAPACITY, BigDecimal.valueOf(kilowatts)),
        List.of(),
        Duration.ofSeconds(60));
  }

  private List<String> inOrder() {
    return service.leaves().stream().map(Leaf::device).map(BareJid::local).toList();
  }

  @Test
  void candidatesAreOrderedByTierAndKilowattsAndSignedWithTheirShare() throws Exception {
    assertThat(session.run("shed 100 kW from branch 60").ok()).isTrue();

    assertThat(inOrder()).containsExactly("load-3", "load-2", "load-1");
    assertThat(service.leaves())
        .extracting(leaf -> leaf.max().orElseThrow())
        .containsExactly(Power.kilowatts(60), Power.kilowatts(40), Power.kilowatts(40));
    assertThat(only().goal()).contains(new Goal(Power.kilowatts(100)));
    assertThat(questions).containsExactly("shed 100 kW from these 3 candidates?");
    assertThat(session.run("expect met").ok()).isTrue();
    assertThat(session.run("expect short").ok()).isFalse();
  }

  @Test
  void whoWasShedLatelyComesLaterInItsTier() throws Exception {
    service.wasShed("load-3", 1800);

    session.run("shed 100 kW from branch 60");

    assertThat(inOrder()).containsExactly("load-2", "load-3", "load-1");
  }

  @Test
  void whoIsCriticalOrHasNothingToShedIsSaidToBeLeftOut() throws Exception {
    session.run("shed 100 kW from branch 60");

    assertThat(one(Event.Planned.class).leftOut())
        .containsEntry(TestPki.jid("load-4"), "critical")
        .containsEntry(TestPki.jid("load-5"), "nothing to shed");
  }

  @Test
  void aGoalBeyondWhatIsAnnouncedIsAskedAbout() throws Exception {
    agrees = false;

    assertThat(session.run("shed 1 MW from branch 60").ok()).isFalse();

    assertThat(questions)
        .containsExactly("shed 1000 kW from these 3 candidates, who announce only 140 kW?");
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void aGoalThatIsNotReachedFailsTheLine() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Executed("less", Optional.of(Power.kilowatts(1)))));

    assertThat(session.run("shed 100 kW from branch 60").ok()).isFalse();

    assertThat(one(Event.GoalEnded.class).shed()).isEqualTo(Power.kilowatts(3));
    Shortfall lacking = one(Event.GoalEnded.class).lacking().orElseThrow();
    assertThat(lacking.missing()).isEqualTo(Power.kilowatts(97));
    assertThat(lacking.less()).hasSize(3);
    assertThat(session.run("expect short").ok()).isTrue();
  }

  @Test
  void aGoalThatTheServiceRefusesIsOverAndNotLookedUpAfterACut() throws Exception {
    service.behave(
        (command, device) -> {
          throw new Refused(Reason.NOT_AUTHORISED, "not yours");
        });

    assertThat(session.run("shed 100 kW from branch 60").ok()).isFalse();
    service.cutAndProveAgain();

    assertThat(service.lookUps).isZero();
  }

  @Test
  void loadsComeBackInStepsOfEqualPower() throws Exception {
    session.run("restore load-1, load-2, load-3 in 2 steps every 2 min");

    assertThat(one(Event.Ramped.class).steps())
        .extracting(Ramp.Step::power)
        .containsExactly(Power.kilowatts(80), Power.kilowatts(60));
    assertThat(questions).containsExactly("restore these 3 devices in 2 steps?");
    assertThat(service.commands()).hasSize(2);
    assertThat(service.commands().get(0).executeAt()).isEmpty();
    assertThat(service.commands().get(1).executeAt())
        .contains(pki.now().plus(Duration.ofMinutes(2)));
  }

  @Test
  void noStepBringsBackMoreThanWasSaid() throws Exception {
    session.run("restore load-1, load-2, load-3 in steps of 50 kW every 1 min");

    assertThat(one(Event.Ramped.class).steps()).hasSize(3);
  }

  @Test
  void whenNobodyComesBackAtFirstNoOtherStepIsSent() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.LOCAL_CONTROL, "locked"))));

    assertThat(session.run("restore load-1, load-2 in 2 steps every 1 min").ok()).isFalse();

    assertThat(service.commands()).extracting(Command::verb).hasSize(1);
  }
}
