// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The simplest eavesdropper with a watch: it learns a median from one half of the times, calls
 * whatever is beyond it hidden, and is judged by the other half. One that is right half of the time
 * has learned nothing.
 */
public record MedianSplit(double median, boolean hiddenIsSlower) {
  /** One time, and whether it was that of a hidden account. */
  public record Sample(boolean hidden, long nanos) {}

  /** How often it is right on the second half, having learned from the first. */
  public static double score(List<Sample> samples) {
    int half = samples.size() / 2;
    List<Sample> known = samples.subList(0, half);
    List<Sample> unknown = samples.subList(half, samples.size());
    MedianSplit split = learn(known);
    long right =
        unknown.stream().filter(sample -> split.hidden(sample.nanos()) == sample.hidden()).count();
    return (double) right / unknown.size();
  }

  private static MedianSplit learn(List<Sample> known) {
    double median = median(known);
    MedianSplit slower = new MedianSplit(median, true);
    long right =
        known.stream().filter(sample -> slower.hidden(sample.nanos()) == sample.hidden()).count();
    return new MedianSplit(median, 2 * right >= known.size());
  }

  private boolean hidden(long nanos) {
    return nanos > median == hiddenIsSlower;
  }

  static double median(List<Sample> samples) {
    long[] sorted = samples.stream().mapToLong(Sample::nanos).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }

  /** The median of one kind alone, in milliseconds. */
  static double millis(List<Sample> samples, boolean hidden) {
    List<Sample> own = new ArrayList<>(samples);
    own.removeIf(sample -> sample.hidden() != hidden);
    return median(own) / 1e6;
  }
}
