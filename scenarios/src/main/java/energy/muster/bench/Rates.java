// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.util.ArrayList;
import java.util.List;

/** How many a second, block by block. */
final class Rates {
  private static final double NANOS = 1e9;

  private final List<Double> perSecond = new ArrayList<>();
  private int total;

  void add(int count, long nanos) {
    perSecond.add(count * NANOS / nanos);
    total += count;
  }

  int total() {
    return total;
  }

  /** Of the blocks, so that one that was held up does not count. */
  double median() {
    if (perSecond.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = perSecond.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
