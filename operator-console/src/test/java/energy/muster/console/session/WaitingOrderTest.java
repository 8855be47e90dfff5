// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that take their time: for a later hour, for a state, for a device that is away. */
final class WaitingOrderTest extends Sitting {
  @Test
  void anOrderForALaterHourIsSignedAgreedToAndLeftWaiting() throws Exception {
    service.behave((command, device) -> Optional.empty());
    assertThat(session.run("start gen-2 at 12:00 for 30 min").ok()).isTrue();
    Command command = only();
    var noon = pki.now().plus(Duration.ofHours(12));
    assertThat(command.executeAt()).contains(noon);
    assertThat(command.executeBy()).isEqualTo(noon.plus(Duration.ofMinutes(5)));
    assertThat(command.deliverBy()).isEqualTo(noon.plus(Duration.ofMinutes(2)));
    assertThat(command.until()).contains(noon.plus(Duration.ofMinutes(30)));
    assertThat(questions)
        .containsExactly(
            "start gen-2 at 12:00:00 until 12:30:00, begun by 12:05:00 or not at all?");
    assertThat(one(Event.Resting.class).executeAt()).contains(noon);
  }

  @Test
  void timesThatContradictAreAHint() throws Exception {
    for (String line :
        new String[] {
          "start gen-2 at 12:00 until 11:00",
          "start gen-2 at 12:00 by 11:00",
          "start gen-2 at 2020-01-01T00:00Z",
          "start gen-2 within 10 min for 5 min",
          "start gen-2 by 2030-01-01T00:00Z"
        }) {
      assertThat(session.run(line)).as(line).isInstanceOf(LineResult.Mistake.class);
    }
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void anOrderThatMayWaitIsVoidAfterThat() throws Exception {
    session.run("shed load-48 within 10 min");
    assertThat(only().deliverBy()).isEqualTo(pki.now().plus(Duration.ofMinutes(10)));
    assertThat(only().executeBy()).isEqualTo(only().deliverBy());
  }

  @Test
  void anOrderWaitsForAStateAndTheReasonIsShown() throws Exception {
    service.holds(Optional.of("held: required available, it is restricted: maintenance"));
    assertThat(session.run("when gen-2 is available: start gen-2").ok()).isTrue();
    Precondition when = only().when().orElseThrow();
    assertThat(when.available() && when.awaited()).isTrue();
    assertThat(only().deliverBy()).isEqualTo(pki.now().plus(Duration.ofHours(24)));
    assertThat(questions.get(0)).startsWith("start gen-2 when available, begun by ");
    assertThat(one(Event.Accepted.class).deliveries().values())
        .extracting(Standing::text)
        .containsExactly("held: required available, it is restricted: maintenance");
    assertThat(one(Event.Resting.class).open()).hasSize(1);
    assertThat(session.run("expect held").ok()).isTrue();
  }

  @Test
  void whatComesLaterCanBeExpected() throws Exception {
    service.holds(Optional.of("held until the device is there"));
    session.run("shed load-48 within 10 min");
    assertThat(session.run("expect executed within 1 s").ok()).isFalse();
    service.report(service.answer(only(), LOAD, new Result.Executed("off"))).join();
    assertThat(session.run("expect executed within 5 s").ok()).isTrue();
  }

  @Test
  void severalAreCountedAndThePatientLineEndsWhenTheRestIsHeld() throws Exception {
    service.behave(
        (command, device) ->
            device.equals(LOAD) ? Optional.empty() : Optional.of(new Result.Executed("done")));
    session.run("shed load-48, load-50a, load-9");
    Event.Tally last = all(Event.Tally.class).get(all(Event.Tally.class).size() - 1);
    assertThat(last.answered()).isEqualTo(2);
    assertThat(last.over()).isFalse();
    service.report(service.answer(only(), LOAD, new Result.Executed("off"))).join();
    Event.Tally sum = all(Event.Tally.class).get(all(Event.Tally.class).size() - 1);
    assertThat(sum.over()).isTrue();
    assertThat(sum.counts()).containsEntry(DeliveryState.EXECUTED, 3L);
  }

  @Test
  void settingsComeFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("s.json"), "{\"leaseSeconds\":30}");
    assertThat(session.run("configure gen-2 revision 5 \"" + file + "\"").ok()).isTrue();
    Instruction.Configure configure = (Instruction.Configure) only().instruction();
    assertThat(configure.revision()).isEqualTo(5);
    assertThat(configure.settings()).hasToString("{\"leaseSeconds\":30}");
    assertThat(questions).containsExactly("configure gen-2 to settings revision 5?");
    session.run("configure gen-2 set leaseSeconds 40");
    assertThat(((Instruction.Configure) service.commands().get(1).instruction()).revision())
        .isEqualTo(1);
    Files.writeString(file, "{\"leaseSeconds\":");
    assertThat(session.run("configure gen-2 revision 6 \"" + file + "\""))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(session.run("configure gen-2 revision 6 nowhere.json"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(service.commands()).hasSize(2);
  }
}
