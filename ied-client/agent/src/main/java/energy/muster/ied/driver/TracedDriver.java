// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A simulated thing with a record of its own, as a sequence-of-events recorder keeps it: one line
 * at the very moment of acting, whatever the device knows or says of it afterwards. Each line is
 * one write, so that it outlives the process that is killed right after.
 */
final class TracedDriver implements Driver {
  private final Driver driver;
  private final Path trace;
  private final InstantSource clock;

  TracedDriver(Driver driver, Path trace, InstantSource clock) {
    this.driver = driver;
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
                .put("was", driver.condition().operating().wire()));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return driver.execute(order);
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
  public Condition condition() {
    return driver.condition();
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    return driver.refuse(order);
  }

  @Override
  public boolean deselect(DocumentId select, BareJid by) {
    return driver.deselect(select, by);
  }

  @Override
  public Result readBack(Order order) {
    return driver.readBack(order);
  }

  @Override
  public boolean undoes(Verb verb) {
    return driver.undoes(verb);
  }

  @Override
  public boolean undo(Verb verb) {
    boolean undone = driver.undo(verb);
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
  public boolean hold(Duration time) {
    return driver.hold(time);
  }

  @Override
  public Optional<String> protect() {
    Optional<String> did = driver.protect();
    did.ifPresent(what -> record(Json.object().put("protected", what)));
    return did;
  }

  @Override
  public Set<Happening> happenings() {
    return driver.happenings();
  }

  @Override
  public Optional<DriverSettings.Branch> branch() {
    return driver.branch();
  }

  @Override
  public void hear(Collection<Contact> downstream) {
    driver.hear(downstream);
  }

  @Override
  public ObjectNode save() {
    return driver.save();
  }

  @Override
  public void close() {
    driver.close();
  }
}
