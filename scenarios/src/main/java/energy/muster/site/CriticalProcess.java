// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import java.time.Duration;

/**
 * Work that must not lose its power half-way.
 *
 * @param name what people call it, such as "surgery in progress"
 * @param length from its start to its end
 * @param runningAtStart whether it has just begun when the site is started
 */
public record CriticalProcess(String name, Duration length, boolean runningAtStart) {
  public CriticalProcess {
    if (name.isBlank() || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("a critical process has a name and takes some time");
    }
  }
}
