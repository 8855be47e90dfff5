// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** The burning and warming of a simulated generating set: fuel falls with load, heat follows it. */
final class Engine {
  private static final double AMBIENT_CELSIUS = 20;
  private static final double IDLE_CELSIUS = 60;
  private static final double LOAD_CELSIUS = 30;
  private static final double WARMING_SECONDS = 120;

  /** An idling engine burns about a tenth of what it burns at full load. */
  private static final double IDLE_BURN = 0.1;

  private static final int SCALE = 6;

  private final double percentPerSecond;
  private double fuelPercent;
  private double celsius = AMBIENT_CELSIUS;
  private Instant at;
  private double load;

  /**
   * @param tankLasts a full tank at full load
   */
  Engine(Duration tankLasts, BigDecimal fuelPercent, Instant at) {
    this.percentPerSecond = 100.0 / tankLasts.toSeconds();
    this.fuelPercent = fuelPercent.doubleValue();
    this.at = at;
  }

  /**
   * @param share of full load, 0 to 1; at 0 it stands still
   */
  void run(double share) {
    load = share;
  }

  /** Lets time pass; a time already passed changes nothing. */
  void advance(Instant now) {
    if (!now.isAfter(at)) {
      return;
    }
    double seconds = Duration.between(at, now).toMillis() / 1000.0;
    at = now;
    double burn = load == 0 ? 0 : IDLE_BURN + (1 - IDLE_BURN) * load;
    fuelPercent = Math.max(0, fuelPercent - seconds * percentPerSecond * burn);
    double settles = load == 0 ? AMBIENT_CELSIUS : IDLE_CELSIUS + LOAD_CELSIUS * load;
    celsius = settles + (celsius - settles) * Math.exp(-seconds / WARMING_SECONDS);
  }

  boolean empty() {
    return fuelPercent <= 0;
  }

  double celsius() {
    return celsius;
  }

  BigDecimal fuelPercent() {
    return BigDecimal.valueOf(fuelPercent).setScale(SCALE, RoundingMode.HALF_UP);
  }
}
