// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Refusal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A simulated thing whose sensors show what is played to them: a breaker that carries 96 %, a
 * cubicle that somebody opens, a supply that fails.
 */
final class PlayedDriver implements Driver {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Driver driver;
  private final Path script;
  private final Surroundings surroundings;
  private Scene scene = Scene.QUIET;
  private Timer.Pending next;

  PlayedDriver(Driver driver, Path script, Surroundings surroundings) {
    this.driver = driver;
    this.script = script;
    this.surroundings = surroundings;
    next = surroundings.timer().after(Duration.ZERO, this::look);
  }

  private void look() {
    next = surroundings.timer().after(LOOK_EVERY, this::look);
    Scene seen = Scene.read(script).orElse(scene);
    if (seen.equals(scene)) {
      return;
    }
    boolean trips =
        seen.happenings().contains(Happening.TRIPPED)
            && !scene.happenings().contains(Happening.TRIPPED);
    scene = seen;
    if (trips) {
      // The thing itself opens, so that it has to be reset and closed by a person.
      var unused = driver.protect();
    }
    surroundings.changed().run();
  }

  @Override
  public Condition condition() {
    Condition now = driver.condition();
    Map<Quantity, BigDecimal> quantities = new EnumMap<>(Quantity.class);
    quantities.putAll(now.quantities());
    quantities.putAll(scene.quantities());
    return new Condition(
        now.kind(),
        now.operating(),
        now.restriction(),
        now.position(),
        quantities,
        now.faults(),
        now.branch());
  }

  @Override
  public Set<Happening> happenings() {
    Set<Happening> all = EnumSet.noneOf(Happening.class);
    all.addAll(scene.happenings());
    all.remove(Happening.TRIPPED);
    all.addAll(driver.happenings());
    return all;
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    return driver.execute(order);
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
    return driver.undo(verb);
  }

  @Override
  public boolean hold(Duration time) {
    return driver.hold(time);
  }

  @Override
  public Optional<String> protect() {
    return driver.protect();
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
    next.cancel();
    driver.close();
  }
}
