// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How fast images go out, all together. They are given what the machine has to spare: the rate
 * falls while its processors are busier than they should be for an order not to notice, and grows
 * again while they are not. Safe for use by many threads.
 */
public final class Pace {
  /** Above this share of all processors, orders begin to wait for one. */
  static final double BUSY = 0.6;

  /** In bytes a second. However busy the machine is, an image comes through some day. */
  static final long LEAST = 1_000_000;

  static final long FIRST = 4_000_000;
  static final long MOST = 1_000_000_000;

  /** Nobody waits longer, with a turn or without; well below the patience of who asks. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** A load is known only over some time. */
  private static final long STEP = Duration.ofMillis(250).toNanos();

  private static final double SLOWER = 0.7;
  private static final double FASTER = 1.15;
  private static final double SECOND = 1e9;

  private final DoubleSupplier load;
  private final LongSupplier nanos;
  private double rate = FIRST;
  private long free;
  private long looked;
  private boolean used;

  /**
   * @param load the share of all processors that is in use, 0 to 1; less than 0 where nobody knows
   * @param nanos a clock that only goes on
   */
  public Pace(DoubleSupplier load, LongSupplier nanos) {
    this.load = load;
    this.nanos = nanos;
    free = nanos.getAsLong();
    looked = free;
  }

  /** By the load of all processors, whatever it comes from. */
  public static Pace ofThisMachine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Pace(system::getCpuLoad, System::nanoTime);
  }

  /** How long so many bytes wait before they go out; empty if there is no turn for them soon. */
  synchronized Optional<Duration> take(int bytes) {
    long now = nanos.getAsLong();
    adjust(now);
    long wait = Math.max(0, free - now);
    if (wait > LONGEST.toNanos()) {
      return Optional.empty();
    }
    used |= wait > 0;
    free = now + wait + (long) (bytes / rate * SECOND);
    return Optional.of(Duration.ofNanos(wait));
  }

  /** In bytes a second. */
  synchronized double rate() {
    return rate;
  }

  private void adjust(long now) {
    if (now - looked < STEP) {
      return;
    }
    looked = now;
    double busy = load.getAsDouble();
    if (busy > BUSY) {
      rate = Math.max(LEAST, rate * SLOWER);
    } else if (used) {
      // What nobody was held up by says nothing about a higher rate.
      rate = Math.min(MOST, rate * FASTER);
    }
    used = false;
  }
}
