// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A simulated thing with a record of its own, as a sequence-of-events recorder keeps it: one line
 * at the very moment of acting, whatever the device knows or says of it afterwards. Each line is
 * one write, so that it outlives the process that is killed right after.
 */
final class TracedDriver extends WrappedDriver {
  private final Path trace;
  private final InstantSource clock;

  TracedDriver(Driver driver, Path trace, InstantSource clock) {
    super(driver);
    this.trace = trace;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    Optional<Refusal> refusal = refuse(order);
    if (refusal.isPresent()) {
      return Answers.declined(refusal.get());
    }
    if (!order.verb().onlyLooks()) {
      try {
        append(
            Json.object()
                .put("id", order.id().text())
                .put("verb", order.verb().wire())
                .put("was", driver().condition().operating().wire()));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return driver().execute(order);
  }

  private void append(ObjectNode line) throws IOException {
    Files.write(
        trace,
        (Json.text(line.put("at", clock.instant().toString())) + "\n")
            .getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public boolean undo(Verb verb) {
    boolean undone = driver().undo(verb);
    if (undone) {
      record(Json.object().put("undone", verb.wire()));
    }
    return undone;
  }

  private void record(ObjectNode line) {
    try {
      append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> protect() {
    Optional<String> did = driver().protect();
    did.ifPresent(what -> record(Json.object().put("protected", what)));
    return did;
  }
}
