// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.alarm.Happening;
import energy.muster.ied.clock.Timer;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A simulated thing whose sensors show what is played to them: a breaker that carries 96 %, a
 * cubicle that somebody opens, a supply that fails.
 */
final class PlayedDriver extends WrappedDriver {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Path script;
  private final Surroundings surroundings;
  private Scene scene = Scene.QUIET;
  private Timer.Pending next;

  PlayedDriver(Driver driver, Path script, Surroundings surroundings) {
    super(driver);
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
      var unused = driver().protect();
    }
    surroundings.changed().run();
  }

  @Override
  public Condition condition() {
    Condition now = driver().condition();
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
    all.addAll(driver().happenings());
    return all;
  }

  @Override
  public void close() {
    next.cancel();
    super.close();
  }
}
