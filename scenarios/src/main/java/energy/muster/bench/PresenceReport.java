// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What {@code bench presence} found.
 *
 * @param bytesADevice of the server's heap that a proven device takes beyond a plain session
 */
record PresenceReport(int devices, int operators, long bytesADevice, Side views, Side rosters)
    implements Report {

  /**
   * What was measured while every device changed twice.
   *
   * @param cpuNanos that the server's process used
   * @param bytes from the server to the operators, TLS included
   * @param changes that operators were told, all together
   */
  record Window(long nanos, long cpuNanos, long bytes, int changes) {
    /** Milliseconds of CPU in each second. */
    double cpu() {
      return 1000.0 * cpuNanos / nanos;
    }

    double bytesASecond() {
      return bytes * 1e9 / nanos;
    }

    double changesASecond() {
      return changes * 1e9 / nanos;
    }
  }

  /**
   * One way to watch.
   *
   * @param ages from each change to each operator
   * @param unwatched while no operator was there: the server takes in every change all the same
   */
  record Side(Samples ages, List<Window> unwatched, List<Window> watched) {
    Side(Samples ages) {
      this(ages, new ArrayList<>(), new ArrayList<>());
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
      double[] sorted = windows.stream().mapToDouble(figure).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    double cpu() {
      return median(watched, Window::cpu);
    }

    double cpuUnwatched() {
      return median(unwatched, Window::cpu);
    }

    /** What watching costs beyond what is there without it. */
    double cpuOfWatching() {
      return cpu() - cpuUnwatched();
    }

    double bytes() {
      return median(watched, Window::bytesASecond);
    }

    double changes() {
      return median(watched, Window::changesASecond);
    }

    private String text() {
      return String.format(
          Locale.ROOT,
          "server CPU %.0f ms/s, %.0f with nobody watching; %.1f kB/s to operators;"
              + " change to operator p50 %.0f ms, p99 %.0f ms; %.0f changes/s",
          cpu(),
          cpuUnwatched(),
          bytes() / 1000,
          ages.percentile(50),
          ages.percentile(99),
          changes());
    }
  }

  double cpuRatio() {
    return views.cpu() / rosters.cpu();
  }

  double watchingRatio() {
    return views.cpuOfWatching() / rosters.cpuOfWatching();
  }

  double bytesRatio() {
    return views.bytes() / rosters.bytes();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        presence: %d devices, each changing every %d s; %d operators see them all
          by views    %s
          by rosters  %s
          views take %.2f of the CPU (%.2f of what watching adds) and %.2f of the bytes
          a proven device takes %.1f KiB of heap on top of its session""",
        devices,
        ChangingFleet.EVERY.toSeconds(),
        operators,
        views.text(),
        rosters.text(),
        cpuRatio(),
        watchingRatio(),
        bytesRatio(),
        bytesADevice / 1024.0);
  }

  @Override
  public ObjectNode json() {
    return new Figures("presence")
        .put("devices", devices)
        .put("operators", operators)
        .put("views_cpu_ms_per_s", views.cpu())
        .put("views_unwatched_cpu_ms_per_s", views.cpuUnwatched())
        .put("views_kb_per_s", views.bytes() / 1000)
        .put("views_changes_per_s", views.changes())
        .put("views_p50_ms", views.ages.percentile(50))
        .put("views_p99_ms", views.ages.percentile(99))
        .put("rosters_cpu_ms_per_s", rosters.cpu())
        .put("rosters_unwatched_cpu_ms_per_s", rosters.cpuUnwatched())
        .put("rosters_kb_per_s", rosters.bytes() / 1000)
        .put("rosters_changes_per_s", rosters.changes())
        .put("rosters_p50_ms", rosters.ages.percentile(50))
        .put("rosters_p99_ms", rosters.ages.percentile(99))
        .put("cpu_ratio", cpuRatio())
        .put("watching_cpu_ratio", watchingRatio())
        .put("bytes_ratio", bytesRatio())
        .put("bytes_a_device", (double) bytesADevice)
        .json();
  }
}
