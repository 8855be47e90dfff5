// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench firmware} found.
 *
 * @param bytes of the image
 */
record FirmwareReport(int devices, int bytes, List<FirmwareBench.Way> ways) implements Report {
  private static final double MEGABYTE = 1e6;

  FirmwareReport {
    ways = List.copyOf(ways);
  }

  private double throughput(FirmwareBench.Way way) {
    return (double) bytes * (devices - way.failed()) / MEGABYTE / way.seconds();
  }

  private static double ratio(FirmwareBench.Way way) {
    return way.meanwhile().percentile(99) / way.idle().percentile(99);
  }

  @Override
  public String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "firmware: an image of %.1f MB to %d devices, orders to another device meanwhile",
                bytes / MEGABYTE,
                devices));
    for (FirmwareBench.Way way : ways) {
      text.append(
          String.format(
              Locale.ROOT,
              """

                over %s    %.1f s until all run it, %.1f MB/s, %d of %d do not
                  round trip idle       p50 %.2f ms   p99 %.2f ms   (%d trips)
                  round trip meanwhile  p50 %.2f ms   p99 %.2f ms   (%d trips)
                  p99 is %.2f times its idle value""",
              way.name(),
              way.seconds(),
              throughput(way),
              way.failed(),
              devices,
              way.idle().median(),
              way.idle().percentile(99),
              way.idle().count(),
              way.meanwhile().median(),
              way.meanwhile().percentile(99),
              way.meanwhile().count(),
              ratio(way)));
      way.reasons().forEach((why, how) -> text.append("\n  ").append(how).append(": ").append(why));
    }
    return text.toString();
  }

  @Override
  public ObjectNode json() {
    Figures figures = new Figures("firmware").put("devices", devices).put("bytes", bytes);
    for (FirmwareBench.Way way : ways) {
      String name = way.name().toLowerCase(Locale.ROOT);
      figures
          .put(name + "_seconds", way.seconds())
          .put(name + "_mb_per_s", throughput(way))
          .put(name + "_failed", way.failed())
          .put(name + "_idle_p50_ms", way.idle().median())
          .put(name + "_idle_p99_ms", way.idle().percentile(99))
          .put(name + "_p50_ms", way.meanwhile().median())
          .put(name + "_p99_ms", way.meanwhile().percentile(99))
          .put(name + "_p99_ratio", ratio(way));
    }
    return figures.json();
  }
}
