// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.command.Power;
import energy.muster.presence.DeviceKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** What a device drives or measures, with the figures that its kind has. */
public sealed interface Equipment {
  DeviceKind kind();

  /**
   * @param priority 1 (shed first) to 5 (shed last)
   * @param critical whether it may be in a process that forbids shedding it
   * @param on whether it draws power when the site is started
   */
  record Load(
      Rating rating, int priority, boolean critical, Optional<CriticalProcess> process, boolean on)
      implements Equipment {
    public Load {
      if (priority < 1 || priority > 5) {
        throw new IllegalArgumentException("a priority is 1 to 5, not " + priority);
      }
      if (process.isPresent() && !critical) {
        throw new IllegalArgumentException("only a critical load has a critical process");
      }
    }

    @Override
    public DeviceKind kind() {
      return DeviceKind.LOAD;
    }
  }

  /**
   * @param minimum the least it can give while on
   * @param starting from the order to the first kW
   * @param stopping from the order to standstill
   * @param fuelPercent what is in the tank when the site is started, 0 to 100
   * @param fullTank how long a full tank lasts at the rating
   */
  record Generator(
      Rating rating,
      Power minimum,
      Duration starting,
      Duration stopping,
      String fuel,
      double fuelPercent,
      Duration fullTank)
      implements Equipment {
    public Generator {
      if (minimum.compareTo(rating.active()) > 0) {
        throw new IllegalArgumentException(
            "a minimum of " + minimum + " is above the rating of " + rating.active());
      }
      if (starting.isNegative() || stopping.isNegative() || fullTank.isNegative()) {
        throw new IllegalArgumentException("a generator's times are not negative");
      }
      if (fuelPercent < 0 || fuelPercent > 100) {
        throw new IllegalArgumentException("fuel is 0 to 100 percent, not " + fuelPercent);
      }
    }

    @Override
    public DeviceKind kind() {
      return DeviceKind.GENERATOR;
    }
  }

  /**
   * @param line the switch that it works
   * @param normallyClosed its position when the site is started
   */
  record Breaker(String line, boolean normallyClosed) implements Equipment {
    @Override
    public DeviceKind kind() {
      return DeviceKind.BREAKER;
    }
  }

  /**
   * @param measures what flows through it, for people
   * @param registerKilowattHours its register when the site is started
   */
  record Meter(String measures, BigDecimal registerKilowattHours) implements Equipment {
    public Meter {
      if (registerKilowattHours.signum() < 0) {
        throw new IllegalArgumentException("a meter's register is not negative");
      }
    }

    @Override
    public DeviceKind kind() {
      return DeviceKind.METER;
    }
  }

  /**
   * The master IED of the branch that it stands in.
   *
   * @param rating what the branch's head may carry
   * @param onDelay how long the branch is near its rating before it acts
   * @param offDelay how long there is room again before it undoes what it did
   * @param standing what a person lets it do when the site is started
   */
  record MasterIed(
      Power rating, Duration onDelay, Duration offDelay, Optional<StandingMandate> standing)
      implements Equipment {
    public MasterIed {
      if (rating.equals(Power.ZERO) || onDelay.isNegative() || offDelay.isNegative()) {
        throw new IllegalArgumentException(
            "a branch is rated above 0 kW, and its master IED's delays are not negative");
      }
    }

    @Override
    public DeviceKind kind() {
      return DeviceKind.RTU;
    }
  }
}
