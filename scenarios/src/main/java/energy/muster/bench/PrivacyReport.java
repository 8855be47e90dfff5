// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.privacy.Times;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code bench privacy} found. */
record PrivacyReport(List<Kind> kinds, double load) implements Report {
  /** From here on a watch tells one account from the other. */
  static final double GUESSING = 0.55;

  PrivacyReport(List<Kind> kinds) {
    this(List.copyOf(kinds), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * One way to ask. Chance alone scores high now and then; what leaks scores high again.
   *
   * @param again a second race where the first scored high
   */
  record Kind(Times first, Optional<Times> again) {
    double score() {
      return again.map(Times::worstScore).stream().reduce(first.worstScore(), Math::min);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "  %-26s answers %.1f %%   behind %.1f %%   p50 %.3f ms hidden, %.3f ms nobody%s",
          first.approach(),
          100 * first.answersScore(),
          100 * first.behindScore(),
          first.median(true),
          first.median(false),
          again
              .map(more -> String.format(Locale.ROOT, "   again %.1f %%", 100 * more.worstScore()))
              .orElse(""));
    }
  }

  private int probes() {
    return kinds.stream().mapToInt(kind -> kind.first().behind().size()).min().orElse(0);
  }

  private Kind worst() {
    return kinds.stream().max(Comparator.comparingDouble(Kind::score)).orElseThrow();
  }

  private double mean() {
    return kinds.stream().mapToDouble(kind -> kind.first().behindScore()).average().orElseThrow();
  }

  @Override
  public String text() {
    StringBuilder text =
        new StringBuilder(
            "privacy: %d ways to ask after an account, %d probes each, half of them of nobody%n"
                .formatted(kinds.size(), probes()));
    kinds.forEach(kind -> text.append(kind.text()).append('\n'));
    return text.append(
            String.format(
                Locale.ROOT,
                "  right in %.1f %% of cases on average, at worst %.1f %% (%s); guessing is 50 %%,"
                    + " %.0f %% would be telling%n  load of the machine at the end: %.1f",
                100 * mean(),
                100 * worst().score(),
                worst().first().approach(),
                100 * GUESSING,
                load))
        .toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        new Figures("privacy")
            .put("ways", kinds.size())
            .put("probes", probes())
            .put("mean_score", mean())
            .put("worst_score", worst().score())
            .put("load", load)
            .json()
            .put("worst", worst().first().approach());
    ArrayNode list = json.putArray("kinds");
    for (Kind kind : kinds) {
      list.add(
          new Figures("privacy")
              .put("answers_score", kind.first().answersScore())
              .put("behind_score", kind.first().behindScore())
              .put("again_score", kind.again().orElse(kind.first()).worstScore())
              .put("hidden_p50_ms", kind.first().median(true))
              .put("nobody_p50_ms", kind.first().median(false))
              .json()
              .put("way", kind.first().approach()));
    }
    return json;
  }
}
