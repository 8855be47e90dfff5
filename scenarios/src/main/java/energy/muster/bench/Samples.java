// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.util.Arrays;

/** Durations of one kind, in nanoseconds. */
final class Samples {
  private long[] nanos = new long[1024];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** By nearest rank, in milliseconds. */
  double percentile(double percent) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * count);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }

  double median() {
    return percentile(50);
  }
}
