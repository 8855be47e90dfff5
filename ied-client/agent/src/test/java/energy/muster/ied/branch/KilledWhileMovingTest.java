// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.ied.branch.Decision.Ask;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a master IED knows that was killed in the middle of a transfer. */
class KilledWhileMovingTest extends OverATie {
  /** No order of before a restart is carried out any more. */
  private void earlierOrdersEnd() {
    now = warden.due(RULES, now).orElseThrow();
  }

  private void closesTheTie() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    done(look(), "close sw7");
    becomes(Neighbours.breaker("sw7", Position.CLOSED));
  }

  private void asksForSwitches(String how) {
    assertThat(look())
        .contains(
            new Ask(
                "branch-197 is being moved and it is not certain how sw7 and sw5 stand: the master"
                    + " IED was restarted meanwhile; "
                    + how));
    assertThat(look()).isEmpty();
  }

  @Test
  void whoIsKilledWithTwoFeedersTiedTellsAPersonOnceAndMovesNothing() {
    closesTheTie();
    restart();

    asksForSwitches("sw7 was last closed, sw5 was last closed");
    earlierOrdersEnd();
    assertThat(after(ON)).get().isInstanceOf(Ask.class);
    assertThat(after(OFF)).isEmpty();
  }

  @Test
  void whatAPersonWasToldOfIsToldAgainAfterAnotherRestart() {
    closesTheTie();
    restart();
    asksForSwitches("sw7 was last closed, sw5 was last closed");
    restart();

    asksForSwitches("sw7 was last closed, sw5 was last closed");
  }

  @Test
  void whoIsKilledBeforeAnythingMovedAsksNothingAndBeginsAgain() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    restart();

    assertThat(look()).isEmpty();
    earlierOrdersEnd();
    done(after(ON), "select sw7 to close");
  }

  @Test
  void anOrderOfBeforeTheRestartThatIsCarriedOutAfterItIsToldToAPerson() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    restart();
    assertThat(after(ON)).isEmpty();
    becomes(Neighbours.breaker("sw7", Position.CLOSED));

    asksForSwitches("sw7 was last closed, sw5 was last closed");
  }

  @Test
  void whoIsKilledWhenAllWasMovedTakesItBackWhenThereIsRoom() {
    closesTheTie();
    done(look(), "select sw5 to open");
    becomes(Neighbours.breaker("sw5", Position.OPEN));
    restart();
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));

    assertThat(look()).isEmpty();
    earlierOrdersEnd();
    done(after(OFF), "select sw5 to close");
  }

  @Test
  void whoIsKilledOnTheWayBackTellsAPersonUntilTheTieIsOpen() {
    away();
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));
    done(after(OFF), "select sw5 to close");
    done(look(), "close sw5");
    becomes(Neighbours.breaker("sw5", Position.CLOSED));
    restart();

    asksForSwitches("sw7 was last closed, sw5 was last closed");
    earlierOrdersEnd();
    assertThat(after(OFF)).isEmpty();
    becomes(Neighbours.breaker("sw7", Position.OPEN));
    assertThat(after(OFF)).isEmpty();
    assertThat(memory.moves().count()).isZero();
    assertThat(memory.reliefs().ties()).isEmpty();
  }

  @Test
  void aMoveThatWasLeftToAPersonIsItsOwnAgainWhenTheSwitchesSayThatItIsOver() {
    closesTheTie();
    done(look(), "select sw5 to open");
    step(look(), "open sw5", new Result.Uncertain("died on it"));
    now = now.plusSeconds(3);
    assertThat(look()).get().isInstanceOf(Ask.class);
    becomes(Neighbours.breaker("sw5", Position.OPEN));
    becomes(Neighbours.load("load-9", 60, Certainty.REAL));

    earlierOrdersEnd();
    done(after(OFF), "select sw5 to close");
  }

  @Test
  void aMoveThatWasLeftToAPersonIsToldAgainAfterARestart() {
    closesTheTie();
    done(look(), "select sw5 to open");
    step(look(), "open sw5", new Result.Uncertain("died on it"));
    restart();

    asksForSwitches("sw7 was last closed, sw5 was last closed");
  }

  @Test
  void aSwitchOfWhichNothingIsKnownAfterARestartIsNotTrusted() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    done(after(ON), "select sw7 to close");
    becomes(Neighbours.mute("sw7"));
    restart();

    asksForSwitches("nothing is known of sw7, sw5 was last closed");
  }

  @Test
  void onlyTheFirstOrderOfAMoveMustWaitForTheDisk() {
    mandate(50, Verb.CLOSE, Verb.OPEN);
    Give select = (Give) after(ON).orElseThrow();
    assertThat(warden.given(select)).isTrue();
    warden.answered(select.verb(), select.shares().get(0), new Result.Executed("done"));
    warden.ended(now);

    assertThat(warden.given((Give) look().orElseThrow())).isFalse();
  }

  @Test
  void aMoveThatIsOverIsForgotten() {
    away();

    assertThat(memory.moves().count()).isZero();
  }

  @Test
  void whatWasKeptBeforeMovesWereIsRead() {
    away();
    ObjectNode saved = Json.object();
    memory.save(saved);
    saved.remove("moves");

    Memory read = Memory.read(Optional.of(Fields.of(saved)));
    assertThat(read.moves().count()).isZero();
    assertThat(read.reliefs().ties()).containsExactly(TestPki.jid("sw7"));
  }
}
