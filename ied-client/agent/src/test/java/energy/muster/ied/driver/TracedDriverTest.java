// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record that simulated equipment keeps of itself. */
class TracedDriverTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path folder;

  private final ManualTime time = new ManualTime(NOON);

  private Driver breaker() {
    return DriverSettings.read(
            Fields.of(Json.parse("{'type':'breaker','trace':'b.jsonl'}".replace('\'', '"'))),
            folder)
        .build(Optional.empty(), new Surroundings(time, time.on(Runnable::run), () -> {}));
  }

  private static Order order(Instruction instruction) {
    return new Order(
        DocumentId.next(NOON),
        TestPki.jid("op-1"),
        instruction,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void eachOrderIsRecordedWithItsIdAndTimeAndWhatWasBefore() throws IOException {
    Driver breaker = breaker();
    String was = breaker.condition().operating().wire();
    Order select = order(new Instruction.Select(Verb.OPEN));
    Order open = order(Instruction.plain(Verb.OPEN));

    breaker.execute(select);
    breaker.execute(open);

    assertThat(Files.readAllLines(folder.resolve("b.jsonl")))
        .containsExactly(line(select, "select", was), line(open, "open", was));
  }

  private static String line(Order order, String verb, String was) {
    return Json.text(
        Json.object()
            .put("id", order.id().text())
            .put("verb", verb)
            .put("was", was)
            .put("at", NOON.toString()));
  }

  @Test
  void whatIsDeclinedOrOnlyLooksIsNotRecorded() {
    Driver breaker = breaker();

    Result open = breaker.execute(order(Instruction.plain(Verb.OPEN))).toCompletableFuture().join();
    breaker.execute(order(Instruction.plain(Verb.READ)));

    assertThat(open.state()).isEqualTo(DeliveryState.REFUSED);
    assertThat(folder.resolve("b.jsonl")).doesNotExist();
  }

  @Test
  void whatCannotBeRecordedIsNotDone() throws IOException {
    Driver breaker = breaker();
    Files.createDirectory(folder.resolve("b.jsonl"));

    assertThat(breaker.execute(order(new Instruction.Select(Verb.OPEN))).toCompletableFuture())
        .isCompletedExceptionally();
  }
}
