// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.json.Json;
import energy.muster.json.MergePatch;
import energy.muster.link.LinkException;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.warning.Peers;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterIedTest {
  private static final Contact LOAD = Neighbours.load("load-60a", 60, Certainty.REAL);
  private static final Contact OTHER = Neighbours.load("load-61a", 30, Certainty.REAL);

  @TempDir private Path folder;
  private OneDevice one;
  private boolean silent;
  private List<Contact> shown = List.of(LOAD, OTHER);

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "branch-60",
            new DriverSettings.Branch(new Area("branch-60"), Power.kilowatts(100)));
    one.site().link().cut();
    one.site().link().service(this::answer);
    one.site().link().prove();
  }

  @AfterEach
  void close() {
    one.close();
  }

  private CompletableFuture<Payload> answer(Payload asked) {
    return switch (asked.wire()) {
      case PEERS -> CompletableFuture.completedFuture(Peers.NONE.payload());
      case VIEW ->
          silent
              ? CompletableFuture.failedFuture(new LinkException("no answer"))
              : CompletableFuture.completedFuture(
                  Payload.of(Wire.VIEW, message(1, "entries", shown).put("epoch", "e")));
      default -> CompletableFuture.completedFuture(Payload.empty(asked.wire()));
    };
  }

  private static ObjectNode message(long revision, String field, List<Contact> contacts) {
    ObjectNode message = Json.object().put("id", "branch").put("rev", revision);
    ArrayNode array = message.putArray(field);
    contacts.forEach(contact -> array.add(contact.write()));
    return message;
  }

  private void told(ObjectNode message) {
    one.site().device().told(Payload.of(Wire.CHANGES, message));
  }

  private ObjectNode change(long revision, Contact before, Contact after) {
    ObjectNode message = Json.object().put("id", "branch").put("rev", revision);
    ObjectNode patch = MergePatch.between(before.write(), after.write());
    message.putArray("changes").add(patch.put("device", after.device().toString()));
    return message;
  }

  private Optional<BranchSum> sum() {
    one.advance(Duration.ofSeconds(1));
    return one.site().link().presence().orElseThrow().branch();
  }

  private String flow() {
    return sum().orElseThrow().flow().toPlainString();
  }

  private long opened() {
    return one.site().link().sets().stream().filter(set -> set.wire() == Wire.VIEW).count();
  }

  @Test
  void itAsksForAViewOfItsBranchAloneAndSaysTheSum() {
    assertThat(one.site().link().sets())
        .filteredOn(set -> set.wire() == Wire.VIEW)
        .last()
        .satisfies(
            set ->
                assertThat(set.requireJson().at("/only/areas").toString())
                    .isEqualTo("[\"branch-60\"]"));
    assertThat(flow()).isEqualTo("90");
    assertThat(one.site().link().announcements())
        .last()
        .satisfies(
            said -> assertThat(said.status()).startsWith("branch-60 carries 90 of 100 kW (90 %)"));
  }

  @Test
  void aChangeOfOneDeviceChangesTheSum() {
    told(change(2, OTHER, Neighbours.load("load-61a", 5, Certainty.REAL)));

    assertThat(flow()).isEqualTo("65");
  }

  @Test
  void oneThatFallsSilentIsUncertainAndStillThere() {
    told(change(2, OTHER, Neighbours.load("load-61a", 30, Certainty.TEMPORARY)));

    assertThat(flow()).isEqualTo("90");
    assertThat(sum().orElseThrow().load().uncertain()).isEqualTo(Power.kilowatts(30));
  }

  @Test
  void oneThatIsTakenOutOfSightIsNoPartOfIt() {
    ObjectNode message = Json.object().put("id", "branch").put("rev", 2);
    message.putArray("gone").add("load-61a@grid.example");
    told(message);

    assertThat(flow()).isEqualTo("60");
  }

  @Test
  void itIsNoPartOfItsOwnSum() {
    told(message(2, "entries", List.of(Neighbours.load("branch-60", 90, Certainty.REAL))));

    assertThat(flow()).isEqualTo("90");
  }

  @Test
  void whenAMessageWasLostItAsksAgainForAll() {
    shown = List.of(LOAD);
    long before = opened();
    told(change(3, OTHER, Neighbours.load("load-61a", 5, Certainty.REAL)));

    assertThat(opened()).isEqualTo(before + 1);
    assertThat(flow()).isEqualTo("60");
  }

  @Test
  void afterACutItAsksAnew() {
    one.site().link().cut();
    shown = List.of(OTHER);
    one.site().link().prove();

    assertThat(flow()).isEqualTo("30");
  }

  @Test
  void withoutAnAnswerItAsksAgain() {
    one.site().link().cut();
    silent = true;
    shown = List.of(OTHER);
    one.site().link().prove();
    assertThat(flow()).isEqualTo("90");
    silent = false;
    one.advance(Duration.ofSeconds(10));

    assertThat(flow()).isEqualTo("30");
  }
}
