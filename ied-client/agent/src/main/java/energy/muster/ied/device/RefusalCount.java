// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Lets so many refusals a minute of each sender be recorded and only counts the rest, so that
 * nobody fills a device's disk or log with refusals.
 */
final class RefusalCount {
  static final int RECORDED_A_MINUTE = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Map<String, Window> windows = new HashMap<>();
  private final int most;
  private final ObjLongConsumer<String> suppressed;

  private static final class Window {
    private final Instant end;
    private long count;

    Window(Instant end) {
      this.end = end;
    }
  }

  /**
   * @param most how many of each sender's a minute are recorded
   * @param suppressed told of a sender and the number of its refusals that were only counted, once
   *     its minute is over
   */
  RefusalCount(int most, ObjLongConsumer<String> suppressed) {
    this.most = most;
    this.suppressed = suppressed;
  }

  /** Counts one; whether it is to be recorded. */
  boolean recorded(String sender, Instant now) {
    closeWindows(now);
    Window window = windows.computeIfAbsent(sender, name -> new Window(now.plus(MINUTE)));
    return ++window.count <= most;
  }

  private void closeWindows(Instant now) {
    windows
        .entrySet()
        .removeIf(
            entry -> {
              Window window = entry.getValue();
              boolean over = !now.isBefore(window.end);
              if (over && window.count > most) {
                suppressed.accept(entry.getKey(), window.count - most);
              }
              return over;
            });
  }
}
