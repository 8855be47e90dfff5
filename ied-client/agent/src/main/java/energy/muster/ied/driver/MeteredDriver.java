// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import java.util.Optional;

/** A thing whose energy is counted in the steps that its settings name. */
final class MeteredDriver extends WrappedDriver {
  private final DriverSettings.Metered settings;
  private final Optional<MeteringPoint.Memory> before;

  MeteredDriver(Driver driver, DriverSettings.Metered settings) {
    super(driver);
    this.settings = settings;
    before = settings.memory().map(LoadProfile::read);
  }

  @Override
  public Optional<MeteringPoint> meteringPoint() {
    Optional<MeteringPoint.Memory> memory =
        driver().meteringPoint().flatMap(MeteringPoint::memory).or(() -> before);
    return Optional.of(new MeteringPoint(settings.step(), settings.report(), memory));
  }
}
