// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.branch.BranchReport;
import energy.muster.branch.BranchReport.Kind;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Rules;
import energy.muster.ied.branch.Transfer;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.Mandated;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.json.Json;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Position;
import energy.muster.seal.SigningIdentity;
import energy.muster.warning.Peers;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master IED that has begun to move what lies behind sw5 over the tie sw7. */
class MasterKilledTest {
  private static final Transfer BEHIND_SW5 =
      new Transfer(
          TestPki.jid("sw7"), TestPki.jid("sw5"), new Area("branch-197"), Power.kilowatts(40));

  @TempDir private Path folder;
  private final List<Payload> submitted = new ArrayList<>();
  private OneDevice one;
  private Position tie = Position.OPEN;

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "branch-60",
            new DriverSettings.Branch(
                new Area("branch-60"),
                Power.kilowatts(100),
                new Rules(Duration.ofSeconds(10), Duration.ofMinutes(1), List.of(BEHIND_SW5))));
    connect();
    SigningIdentity giver = one.site().operator();
    one.site()
        .link()
        .deliver(
            Payload.of(
                Wire.MANDATE,
                Mandated.sealed(
                    Mandated.to(giver, 1, 80, 0, one.now(), Verb.CLOSE, Verb.OPEN), giver)))
        .join();
    one.journal().settle();
  }

  @AfterEach
  void close() {
    one.close();
  }

  private void connect() {
    one.site().link().cut();
    one.site().link().service(this::answer);
    one.site().link().prove();
    one.journal().settle();
  }

  private CompletableFuture<Payload> answer(Payload asked) {
    return switch (asked.wire()) {
      case PEERS -> CompletableFuture.completedFuture(Peers.NONE.payload());
      case SUBMIT -> {
        submitted.add(asked);
        yield CompletableFuture.completedFuture(Payload.empty(Wire.ACCEPTED));
      }
      case VIEW -> CompletableFuture.completedFuture(Payload.of(Wire.VIEW, view()));
      default -> CompletableFuture.completedFuture(Payload.empty(asked.wire()));
    };
  }

  private ObjectNode view() {
    ObjectNode view = Json.object().put("id", "branch").put("rev", 1).put("epoch", "e");
    ArrayNode entries = view.putArray("entries");
    List<Contact> shown =
        List.of(
            Neighbours.load("load-9", 68, Certainty.REAL),
            Neighbours.load("load-101", 30, Certainty.REAL, "branch-197"),
            Neighbours.breaker("sw5", Position.CLOSED),
            Neighbours.breaker("sw7", tie));
    shown.forEach(contact -> entries.add(contact.write()));
    return view;
  }

  private List<String> reports(Kind kind) {
    return one.site().link().sets().stream()
        .filter(set -> set.wire() == Wire.BRANCH_REPORT)
        .map(set -> one.site().pki().trust().open(set.requireSealed(), one.now()))
        .map(opened -> BranchReport.read(opened.content()))
        .filter(report -> report.kind() == kind)
        .map(BranchReport::text)
        .toList();
  }

  @Test
  void afterItsRestartItTellsAPersonWhichSwitchesToLookAt() {
    one.advance(Duration.ofSeconds(10));
    assertThat(submitted).hasSize(1);
    tie = Position.CLOSED;
    one.restart();
    connect();

    assertThat(reports(Kind.ASKS))
        .singleElement()
        .asString()
        .contains("it is not certain how sw7 and sw5 stand");
  }

  @Test
  void aTieThatNobodyHasMovedIsNobodysConcern() {
    one.advance(Duration.ofSeconds(10));
    one.restart();
    connect();
    one.advance(Duration.ofMinutes(2));

    assertThat(reports(Kind.ASKS)).noneMatch(text -> text.contains("sw7"));
  }

  @Test
  void nothingIsOrderedBeforeItIsOnDisk() {
    one.journal().full(true);
    one.advance(Duration.ofSeconds(10));

    assertThat(submitted).isEmpty();
    assertThat(reports(Kind.ENDED)).singleElement().asString().contains("not ordered: ");
  }
}
