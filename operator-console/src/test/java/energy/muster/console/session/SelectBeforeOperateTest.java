// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.outcome.Result;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A switch is selected, looked at, and operated or let go. */
final class SelectBeforeOperateTest extends Sitting {
  @Test
  void openSelectsShowsAsksAndOperates() throws Exception {
    assertThat(session.run("open sw3").ok()).isTrue();
    assertThat(service.commands().stream().map(Command::instruction))
        .containsExactly(new Instruction.Select(Verb.OPEN), Instruction.plain(Verb.OPEN));
    assertThat(one(Event.Shown.class).contact().device()).isEqualTo(TestPki.jid("sw3"));
    assertThat(questions).containsExactly("open sw3?");
  }

  @Test
  void openWithoutConsentEndsTheSelectionAndSaysSo() throws Exception {
    agrees = false;
    assertThat(session.run("open sw3").ok()).isFalse();
    Command select = service.commands().get(0);
    assertThat(service.commands().stream().map(Command::instruction))
        .containsExactly(new Instruction.Select(Verb.OPEN), new Instruction.Cancel(select.id()));
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; sw3 is no longer selected");
  }

  @Test
  void aSelectionThatCouldNotBeEndedIsSaidToHold() throws Exception {
    agrees = false;
    service.behave(
        (command, device) ->
            command.verb() == Verb.CANCEL
                ? Optional.empty()
                : Optional.of(new Result.Executed("selected")));
    assertThat(session.run("open sw3").ok()).isFalse();
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; sw3 may stay selected for you until 00:00:30");
  }

  @Test
  void nothingIsSentToEndASelectionThatHasLapsed() throws Exception {
    agrees = false;
    deliberates = Duration.ofSeconds(30);
    assertThat(session.run("open sw3").ok()).isFalse();
    assertThat(only().verb()).isEqualTo(Verb.SELECT);
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; the selection of sw3 has lapsed");
  }

  @Test
  void selectGuessesTheVerbThatWouldChangeThePosition() throws Exception {
    session.run("select sw3");
    assertThat(only().instruction()).isEqualTo(new Instruction.Select(Verb.OPEN));
  }
}
