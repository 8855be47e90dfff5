// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Orders and answers that get lost on the way. */
final class UnansweredOrderTest extends Sitting {
  @Test
  void silenceIsWaitedForAndThenSaidToBeOpen() throws Exception {
    service.behave((command, device) -> Optional.empty());
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(one(Event.Waiting.class).devices()).containsExactly(LOAD);
    assertThat(one(Event.StillOpen.class).open()).containsKey(LOAD);
    assertThat(session.run("expect executed").ok()).isFalse();
  }

  @Test
  void anAnswerThatGotLostIsFetchedBeforeItIsCalledOpen() throws Exception {
    service.answersQuietly(LOAD, new Result.Executed("done"));
    assertThat(session.run("shed load-48").ok()).isTrue();
    assertThat(one(Event.Answered.class).outcome().header().issuer()).isEqualTo(LOAD);
  }

  @Test
  void aSubmissionThatNobodyKnowsOfIsSentAgainAsItWas() throws Exception {
    service.losesTheAnswerTo(1);
    assertThat(session.run("shed load-48").ok()).isTrue();
    assertThat(service.commands()).hasSize(2);
    assertThat(service.commands().get(0)).isEqualTo(service.commands().get(1));
    assertThat(all(Event.Answered.class)).hasSize(1);
  }

  @Test
  void anOrderThatMayHaveArrivedBeforeTheServiceWasBusyIsNotCalledRefused() throws Exception {
    AtomicInteger times = new AtomicInteger();
    service.losesTheAnswerTo(1);
    service.behave(
        (command, device) -> {
          if (times.getAndIncrement() > 0) {
            throw new Refused(Reason.BUSY, "not now");
          }
          return Optional.empty();
        });

    assertThat(session.run("shed load-48").ok()).isFalse();

    assertThat(one(Event.StillOpen.class).open()).containsKey(LOAD);
    service.keepsAnswer(service.commands().get(0), LOAD, new Result.Executed("done all the same"));
    service.cutAndProveAgain();
    assertThat(one(Event.Answered.class).outcome().result().text()).isEqualTo("done all the same");
  }

  @Test
  void anAnswerMissedDuringACutIsFetchedAfterIt() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    service.keepsAnswer(only(), LOAD, new Result.Executed("meanwhile"));
    service.cutAndProveAgain();
    assertThat(one(Event.Answered.class).outcome().result().text()).isEqualTo("meanwhile");
  }

  private static Refused no(Reason reason) {
    return new Refused(reason, "the service failed at this");
  }

  @Test
  void anOrderAtWhichTheServiceFailedIsSentAgainAsItWas() throws Exception {
    service.doubts.add(no(Reason.BUSY));
    assertThat(session.run("shed load-48").ok()).isTrue();
    assertThat(service.commands()).hasSize(2);
    assertThat(service.commands().get(0)).isEqualTo(service.commands().get(1));
    assertThat(all(Event.Declined.class)).isEmpty();
  }

  @Test
  void whatMayHaveBeenTakenBeforeItWasPutOffIsOpenAndNotRefused() throws Exception {
    service.behave((command, device) -> Optional.empty());
    service.doubts.addAll(List.of(no(Reason.BUSY), no(Reason.NO_SPACE)));
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(one(Event.StillOpen.class).open()).containsKey(LOAD);
    assertThat(session.run("expect refused").ok()).isFalse();
  }

  @Test
  void whatIsPutOffAtTheFirstTryIsRefused() throws Exception {
    service.doubts.add(no(Reason.NO_SPACE));
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    assertThat(session.run("expect refused").ok()).isTrue();
  }
}
