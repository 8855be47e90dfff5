// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a typed order to what is signed and sent, and how the line ends. */
final class OrderingTest extends Sitting {
  @Test
  void aShedIsSignedAndItsVerifiedAnswerShown() throws Exception {
    LineResult result = session.run("shed load-48 for 30 min because \"storm\" urgent");
    assertThat(result.ok()).isTrue();
    Command command = only();
    assertThat(command.verb()).isEqualTo(Verb.SHED);
    assertThat(command.until()).contains(pki.now().plus(Duration.ofMinutes(30)));
    assertThat(command.reason()).contains("storm");
    assertThat(command.priority()).isEqualTo(Priority.EMERGENCY);
    assertThat(command.deliverBy()).isEqualTo(pki.now().plus(Duration.ofMinutes(2)));
    assertThat(command.executeBy()).isEqualTo(pki.now().plus(Duration.ofMinutes(5)));
    Event.Answered answered = one(Event.Answered.class);
    assertThat(answered.outcome().header().issuer()).isEqualTo(LOAD);
    assertThat(answered.took()).isPresent();
    assertThat(questions).isEmpty();
  }

  @Test
  void aDescriptionBecomesAnExactListThatIsShownAndConfirmed() throws Exception {
    session.run("shed loads on branch 60 that are on");
    assertThat(one(Event.Addressed.class).devices()).containsExactly(LOAD, TestPki.jid("load-50a"));
    assertThat(questions).containsExactly("shed these 2 devices?");
    assertThat(only().targets().count()).isEqualTo(2);
  }

  @Test
  void whatADescriptionSaysOfTheDevicesRidesAlong() throws Exception {
    session.run("shed loads on branch 60 that are on and available and power above 10 kW");

    assertThat(only().when().orElseThrow().words())
        .isEqualTo("on and available and power above 10 kW");
    assertThat(one(Event.Addressed.class).when()).isEqualTo(only().when());
  }

  @Test
  void whatNoDeviceCanJudgeOfItselfStaysBehind() throws Exception {
    session.run("restore loads that are not faulty");

    assertThat(only().when()).isEmpty();
  }

  @Test
  void whoIsLeftOutIsNotAddressed() throws Exception {
    session.run("shed loads on branch 60 except load-50a");

    assertThat(one(Event.Addressed.class).devices()).containsExactly(LOAD);
    assertThat(questions).containsExactly("shed load-48?");
  }

  @Test
  void aMistypedExceptionIsAHintAndNothingIsSent() throws Exception {
    assertThat(session.run("shed loads except laod-48")).isInstanceOf(LineResult.Mistake.class);
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void aListLongerThanAScriptAllowsIsAHint() throws Exception {
    assertThat(session.run("shed loads no more than 2 devices"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(session.run("shed loads on branch 60 no more than 2 devices").ok()).isTrue();
  }

  @Test
  void withoutConsentNothingIsSent() throws Exception {
    agrees = false;
    assertThat(session.run("shed load-48, load-50a").ok()).isFalse();
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void aRefusalFailsTheLineUnlessItIsExpected() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "until 13:03"))));
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(session.run("expect refused critical-process").ok()).isTrue();
    assertThat(session.run("expect executed").ok()).isFalse();
  }

  @Test
  void theServicesOwnRefusalCanBeExpectedToo() throws Exception {
    service.behave(
        (command, device) -> {
          throw new Refused(Reason.NOT_AUTHORISED, "not yours");
        });
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(session.run("expect refused not-authorised").ok()).isTrue();
  }

  @Test
  void timesThatContradictAreAHint() throws Exception {
    assertThat(session.run("shed load-48 deliver within 10 min execute within 5 min"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(session.run("shed load-48 until 2020-01-01T00:00Z"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void anUnknownDeviceIsAHintWithTheNearestName() throws Exception {
    assertThat(session.run("shed laod-48")).isInstanceOf(LineResult.Mistake.class);
    assertThat(one(Event.Mistaken.class).hint().text()).contains("did you mean 'load-48'?");
    assertThat(session.run("expect hint").ok()).isTrue();
  }
}
