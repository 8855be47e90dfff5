// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.RuleName;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import java.util.Objects;
import java.util.Optional;

/**
 * What an alarm is of: a rule of a device, or of a whole branch. It has one open alarm at most.
 *
 * @param device empty for a branch, of which the alarm names any device
 */
record Point(Optional<BareJid> device, Optional<Area> branch, RuleName rule) {
  Point {
    Objects.requireNonNull(rule);
    if (device.isPresent() == branch.isPresent()) {
      throw new IllegalArgumentException("a point is of a device or of a branch");
    }
  }

  static Point of(BareJid device, RuleName rule) {
    return new Point(Optional.of(device), Optional.empty(), rule);
  }

  /** Of the branch if there is one, and else of the device. */
  static Point of(Optional<Area> branch, BareJid device, RuleName rule) {
    return branch.map(area -> of(area, rule)).orElseGet(() -> of(device, rule));
  }

  static Point of(Area branch, RuleName rule) {
    return new Point(Optional.empty(), Optional.of(branch), rule);
  }
}
