// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Decision.Ask;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.fixture.Mandated;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A branch rated 100 kW, 30 kW of which lie behind sw5 and could be fed over the tie sw7. */
class SwitchingTest {
  private static final Duration ON = Duration.ofSeconds(10);
  private static final Duration OFF = Duration.ofMinutes(5);
  private static final Transfer BEHIND_SW5 =
      new Transfer(
          TestPki.jid("sw7"), TestPki.jid("sw5"), new Area("branch-197"), Power.kilowatts(40));
  private static final Rules RULES = new Rules(ON, OFF, List.of(BEHIND_SW5));

  private final TestPki pki = new TestPki();
  private final SigningIdentity operator = pki.operator("op-1", "branch-60");
  private final List<Contact> contacts =
      new ArrayList<>(
          List.of(
              Neighbours.load("load-9", 68, Certainty.REAL),
              behind(30),
              Neighbours.breaker("sw5", Position.CLOSED),
              Neighbours.breaker("sw7", Position.OPEN)));
  private final Reliefs reliefs = Reliefs.read(List.of());
  private Warden warden = new Warden(reliefs);
  private Instant now = pki.now();

  private static Contact behind(int kilowatts) {
    return Neighbours.load("load-101", kilowatts, Certainty.REAL, "branch-197", "tier-1");
  }

  private void mandate(int kilowatts, Verb... verbs) {
    warden.mandate(Mandated.to(operator, 1, kilowatts, 0, now, verbs));
  }

  private void becomes(Contact contact) {
    contacts.removeIf(old -> old.device().equals(contact.device()));
    contacts.add(contact);
  }

  private BranchSum sum() {
    return Summing.of(new Area("branch-60"), Power.kilowatts(100), contacts, List.of(BEHIND_SW5))
        .orElseThrow();
  }

  private Optional<Decision> look() {
    return warden.decide(sum(), contacts, RULES, now);
  }

  private Optional<Decision> after(Duration time) {
    var unused = look();
    now = now.plus(time);
    return look();
  }

  private static String words(Give give) {
    String device = give.shares().get(0).device().local();
    return give.what() instanceof Instruction.Select select
        ? "select " + device + " to " + select.operate()
        : give.verb() + " " + device;
  }

  /** The next order is this one, and is answered so. */
  private void step(Optional<Decision> decision, String expected, Result result) {
    Give give = (Give) decision.orElseThrow();
    assertThat(words(give)).isEqualTo(expected);
    warden.given(give);
    warden.answered(give.verb(), give.shares().get(0), result);
    warden.ended(now);
  }

  private void done(Optional<Decision> decision, String expected) {
    step(decision, expected, new Result.Executed("done"));
  }

  private static Result busy() {
    return new Result.Declined(new Refusal(Reason.BUSY, "selected by op-9"));
  }

  private void away() {
    mandate(50, Verb.CLOSE, Verb.OPEN, Verb.SHED, Verb.RESTORE);
    done(after(ON), "select sw7 to close");
    done(look(), "close sw7");
    becomes(Neighbours.breaker("sw7", Position.CLOSED));
    done(look(), "select sw5 to open");
    done(look(), "open sw5");
    becomes(Neighbours.breaker("sw5", Position.OPEN));
    now = now.plusSeconds(3);
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
    ObjectNode saved = Json.object();
    saved.set("reliefs", reliefs.write());
    warden = new Warden(Reliefs.read(Fields.of(saved).objects("reliefs")));
    mandate(50, Verb.CLOSE, Verb.OPEN);
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
