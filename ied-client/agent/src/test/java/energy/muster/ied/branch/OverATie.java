// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
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
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A branch rated 100 kW, 30 kW of which lie behind sw5 and could be fed over the tie sw7. */
abstract class OverATie {
  static final Duration ON = Duration.ofSeconds(10);
  static final Duration OFF = Duration.ofMinutes(5);
  private static final Transfer BEHIND_SW5 =
      new Transfer(
          TestPki.jid("sw7"), TestPki.jid("sw5"), new Area("branch-197"), Power.kilowatts(40));
  static final Rules RULES = new Rules(ON, OFF, List.of(BEHIND_SW5));

  private final TestPki pki = new TestPki();
  private final SigningIdentity operator = pki.operator("op-1", "branch-60");
  private final List<Contact> contacts =
      new ArrayList<>(
          List.of(
              Neighbours.load("load-9", 68, Certainty.REAL),
              behind(30),
              Neighbours.breaker("sw5", Position.CLOSED),
              Neighbours.breaker("sw7", Position.OPEN)));
  Memory memory = Memory.read(Optional.empty());
  Warden warden = new Warden(memory.reliefs(), memory.moves());
  Instant now = pki.now();

  static Contact behind(int kilowatts) {
    return Neighbours.load("load-101", kilowatts, Certainty.REAL, "branch-197", "tier-1");
  }

  void mandate(int kilowatts, Verb... verbs) {
    warden.mandate(Mandated.to(operator, 1, kilowatts, 0, now, verbs));
  }

  void becomes(Contact contact) {
    contacts.removeIf(old -> old.device().equals(contact.device()));
    contacts.add(contact);
  }

  BranchSum sum() {
    return Summing.of(new Area("branch-60"), Power.kilowatts(100), contacts, List.of(BEHIND_SW5))
        .orElseThrow();
  }

  Optional<Decision> look() {
    return warden.decide(sum(), contacts, RULES, now);
  }

  Optional<Decision> after(Duration time) {
    var unused = look();
    now = now.plus(time);
    return look();
  }

  static String words(Give give) {
    String device = give.shares().get(0).device().local();
    return give.what() instanceof Instruction.Select select
        ? "select " + device + " to " + select.operate()
        : give.verb() + " " + device;
  }

  /** The next order is this one, and is answered so. */
  void step(Optional<Decision> decision, String expected, Result result) {
    Give give = (Give) decision.orElseThrow();
    assertThat(words(give)).isEqualTo(expected);
    warden.given(give);
    warden.answered(give.verb(), give.shares().get(0), result);
    warden.ended(now);
  }

  void done(Optional<Decision> decision, String expected) {
    step(decision, expected, new Result.Executed("done"));
  }

  /** As its memory was written when it was killed. */
  void restart() {
    ObjectNode saved = Json.object();
    memory.save(saved);
    memory = Memory.read(Optional.of(Fields.of(Json.parse(Json.text(saved)))));
    warden = new Warden(memory.reliefs(), memory.moves());
    mandate(50, Verb.CLOSE, Verb.OPEN);
  }

  void away() {
    mandate(50, Verb.CLOSE, Verb.OPEN, Verb.SHED, Verb.RESTORE);
    done(after(ON), "select sw7 to close");
    done(look(), "close sw7");
    becomes(Neighbours.breaker("sw7", Position.CLOSED));
    done(look(), "select sw5 to open");
    done(look(), "open sw5");
    becomes(Neighbours.breaker("sw5", Position.OPEN));
    now = now.plusSeconds(3);
  }
}
