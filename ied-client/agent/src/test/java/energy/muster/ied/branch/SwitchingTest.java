// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.ied.branch.Decision.Ask;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SwitchingTest extends OverATie {
  private static Result busy() {
    return new Result.Declined(new Refusal(Reason.BUSY, "selected by op-9"));
  }

  @Test
  void aPartIsMovedWithoutAnInterruption() {
    away();

    assertThat(sum().flow()).isEqualByComparingTo("68");
    assertThat(sum().sheddable()).isEqualTo(Power.kilowatts(68));
    assertThat(after(ON)).isEmpty();
  }

  @Test
  void whatItMovedComesBackWhenThereIsRoomAgain() {
    away();
    assertThat(after(OFF)).isEmpty();
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));

    done(after(OFF), "select sw5 to close");
    done(look(), "close sw5");
    becomes(Neighbours.breaker("sw5", Position.CLOSED));
    done(look(), "select sw7 to open");
    done(look(), "open sw7");
    becomes(Neighbours.breaker("sw7", Position.OPEN));
    now = now.plusSeconds(3);
    assertThat(after(OFF)).isEmpty();
    assertThat(sum().flow()).isEqualByComparingTo("90");
  }

  @Test
  void itComesBackOnlyIfThereIsRoomForWhatItDrawsNow() {
    away();
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));
    becomes(behind(31));

    assertThat(after(OFF)).isEmpty();
  }

  @Test
  void theOtherFeederIsNotOverloaded() {
    becomes(behind(41));
    mandate(90, Verb.CLOSE, Verb.OPEN);

    assertThat(after(ON)).get().isInstanceOf(Ask.class);
  }

  @Test
  void moreThanTheMandateIsForIsNotMoved() {
    mandate(29, Verb.CLOSE, Verb.OPEN);

    assertThat(after(ON)).get().isInstanceOf(Ask.class);
  }

  @Test
  void closingAloneIsNoTransfer() {
    mandate(50, Verb.CLOSE);

    assertThat(after(ON)).get().isInstanceOf(Ask.class);
  }

  @Test
  void whoCannotSelectTheTieTriesOtherMeans() {
    mandate(50, Verb.CLOSE, Verb.OPEN, Verb.SHED);
    step(after(ON), "select sw7 to close", busy());
    now = now.plusSeconds(3);

    assertThat(words((Give) look().orElseThrow())).startsWith("shed ");
  }

  @Test
  void aSectionSwitchThatRefusesLeavesTheTieOpenAgain() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    done(look(), "close sw7");
    becomes(Neighbours.breaker("sw7", Position.CLOSED));
    step(look(), "select sw5 to open", busy());

    done(look(), "select sw7 to open");
    done(look(), "open sw7");
    becomes(Neighbours.breaker("sw7", Position.OPEN));
    now = now.plusSeconds(3);
    assertThat(look()).get().isInstanceOf(Ask.class);
    assertThat(look()).isEmpty();
  }

  @Test
  void aTieThatMayHaveMovedIsLeftToAPerson() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    Give close = (Give) look().orElseThrow();
    warden.given(close);
    warden.silent(close.verb(), close.shares().get(0));
    warden.ended(now);
    now = now.plusSeconds(3);

    Decision ask = look().orElseThrow();
    assertThat(ask).isInstanceOf(Ask.class);
    assertThat(ask.why())
        .isEqualTo(
            "branch-197 is being moved and it is not certain how sw7 and sw5 stand: close sw7: no"
                + " answer");
  }

  @Test
  void whatMayHaveBeenMovedCountsForTheMandateUntilItIsCertainThatItWasNot() {
    mandate(50, Verb.CLOSE, Verb.OPEN, Verb.SHED);
    done(after(ON), "select sw7 to close");
    Give close = (Give) look().orElseThrow();
    warden.given(close);
    warden.silent(close.verb(), close.shares().get(0));
    warden.ended(now);
    now = now.plusSeconds(3);
    assertThat(look().orElseThrow().why()).contains("it is not certain");

    assertThat(look().orElseThrow().why()).endsWith("leaves nothing more to do");
    now = now.plus(Duration.ofMinutes(1));
    assertThat(words((Give) look().orElseThrow())).isEqualTo("shed load-101");
  }

  @Test
  void aSectionSwitchThatMayHaveMovedIsLeftToAPersonAndTheTieStaysClosed() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    done(look(), "close sw7");
    done(look(), "select sw5 to open");
    step(look(), "open sw5", new Result.Uncertain("died on it"));
    now = now.plusSeconds(3);

    assertThat(look().orElseThrow().why()).endsWith("open sw5: died on it");
  }

  @Test
  void anOrderThatTheServiceDoesNotTakeMovesNothing() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    Give select = (Give) after(ON).orElseThrow();
    warden.given(select);
    warden.ended(now);
    now = now.plusSeconds(3);

    assertThat(look()).get().isInstanceOf(Ask.class);
  }

  @Test
  void aRestartForgetsNothingThatWasMoved() {
    away();
    restart();
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));

    done(after(OFF), "select sw5 to close");
  }

  @Test
  void aTieThatIsClosedWhenTheMandateEndsIsToldToAPersonOnce() {
    away();
    assertThat(warden.due(RULES, now)).isPresent();
    now = now.plus(Duration.ofHours(1));

    assertThat(look().orElseThrow().why()).endsWith("sw7 stays closed until a person opens it");
    assertThat(look()).isEmpty();
  }

  @Test
  void whatAPersonHasTakenBackIsForgotten() {
    away();
    becomes(Neighbours.breaker("sw5", Position.CLOSED));
    becomes(Neighbours.breaker("sw7", Position.OPEN));
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));

    assertThat(after(OFF)).isEmpty();
  }
}
