// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which answers are shown as a device's own. */
final class BelievedAnswerTest extends Sitting {
  @Test
  void statusNowShowsTheDevicesSignedStateAndClock() throws Exception {
    session.run("status gen-2 now");
    Event.Answered answered = one(Event.Answered.class);
    assertThat(answered.outcome().clock()).isPresent();
    assertThat(answered.outcome().state()).isPresent();
  }

  @Test
  void anOutcomeSignedByAnotherDeviceIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    assertThat(
            service.report(
                service.sign(
                    pki.device("load-50a"),
                    LOAD,
                    command,
                    Digest.of(command.write()),
                    new Result.Executed("forged"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(all(Event.Answered.class)).isEmpty();
  }

  @Test
  void anOutcomeOfAnotherDigestIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    assertThat(
            service.report(
                service.sign(
                    pki.device("load-48"),
                    LOAD,
                    only(),
                    Digest.of(new byte[] {1}),
                    new Result.Executed("of something else"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void anOutcomeOfARevokedDeviceIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    var stolen = pki.device("load-48");
    pki.revoke(stolen);
    assertThat(service.crl(pki.crl())).isCompleted();
    assertThat(
            service.report(
                service.sign(
                    stolen,
                    LOAD,
                    command,
                    Digest.of(command.write()),
                    new Result.Executed("stolen"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.REVOKED);
  }

  @Test
  void theSameOutcomeTwiceIsShownOnce() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    var outcome =
        service.sign(
            pki.device("load-48"),
            LOAD,
            command,
            Digest.of(command.write()),
            new Result.Executed("late"));
    assertThat(service.report(outcome)).isCompletedWithValue(Payload.empty(Wire.OUTCOME));
    assertThat(service.report(outcome)).isCompletedWithValue(Payload.empty(Wire.OUTCOME));
    assertThat(all(Event.Answered.class)).hasSize(1);
  }

  /** Gives an order that nobody answers, and sits down anew without it. */
  private Command fromAnotherSitting() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    begin();
    return command;
  }

  private Sealed answerTo(Command command, Digest digest) {
    return service.sign(
        pki.device("load-48"), LOAD, command, digest, new Result.Executed("meanwhile"));
  }

  @Test
  void anAnswerToAnOrderOfAnotherSittingIsCheckedAgainstThatOrder() throws Exception {
    Command command = fromAnotherSitting();
    assertThat(service.report(answerTo(command, Digest.of(command.write()))))
        .isCompletedWithValue(Payload.empty(Wire.OUTCOME));
    Event.Answered answered = one(Event.Answered.class);
    assertThat(answered.instruction()).isEqualTo(Instruction.plain(Verb.SHED));
    assertThat(answered.took()).isEmpty();
  }

  @Test
  void anAnswerOfAnotherDigestToAnOrderOfAnotherSittingIsNotBelieved() throws Exception {
    Command command = fromAnotherSitting();
    assertThat(service.report(answerTo(command, Digest.of(new byte[] {1}))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.ID_CONFLICT);
    assertThat(all(Event.Answered.class)).isEmpty();
  }

  @Test
  void anAnswerToAnOrderThatTheServiceDoesNotShowIsNotBelieved() throws Exception {
    Command command = fromAnotherSitting();
    service.forgets(command);
    assertThat(service.report(answerTo(command, Digest.of(command.write()))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.UNKNOWN);
    assertThat(all(Event.Answered.class)).isEmpty();
  }
}
