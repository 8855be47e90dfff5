// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody types is understood or hinted at. */
final class AnyLineTest {
  private static final List<String> WORDS =
      List.of(
          "who",
          "status",
          "from",
          "in",
          "steps",
          "every",
          "of",
          "except",
          "restore",
          "no",
          "more",
          "than",
          "4",
          "2 min",
          "met",
          "now",
          "shed",
          "start",
          "open",
          "select",
          "limit",
          "set",
          "to",
          "restrict",
          "maintenance",
          "let",
          "visitor",
          "look",
          "at",
          "orders",
          "order",
          "export",
          "expect",
          "refused",
          "interlocked",
          "hint",
          "follow",
          "help",
          "quit",
          "all",
          "loads",
          "generators",
          "on",
          "branch",
          "60",
          "feeder",
          "group",
          "that",
          "are",
          "not",
          "and",
          "above",
          "below",
          "30 %",
          "10 kW",
          "fuel",
          "off",
          "available",
          "faulty",
          "for",
          "min",
          "until",
          "18:00",
          "2026-11-21T18:00Z",
          "because",
          "\"a b\"",
          "\"",
          "deliver",
          "execute",
          "within",
          "urgent",
          "emergency",
          "at",
          "by",
          "when",
          "then",
          ":",
          "available:",
          "cancel",
          "give",
          "up",
          "watch",
          "watches",
          "configure",
          "revision",
          "5",
          "leaseSeconds",
          "twoPersons",
          "alarmContacts",
          "none",
          "only",
          "if",
          "it",
          "is",
          "alarms",
          "alarm",
          "ack",
          "comment",
          "shelve",
          "escalate",
          "out",
          "service",
          "in service",
          "or until it returns",
          "report",
          "--csv",
          "since",
          "duty",
          "plant-3",
          "publish",
          "policy",
          "gen-2",
          "load-48",
          ",",
          "#",
          "*",
          "99999");

  @Property(tries = 5000)
  void anyTextIsALineOrAHint(@ForAll String text) {
    readOrHint(text);
  }

  @Property(tries = 20_000)
  void anyWordsOfTheLanguageAreALineOrAHint(@ForAll("sentences") String text) {
    readOrHint(text);
  }

  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.of(WORDS)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(all -> String.join(" ", all));
  }

  private static void readOrHint(String text) {
    try {
      assertThat(LineReader.read(text)).isNotNull();
    } catch (Hint hint) {
      assertThat(hint.text()).isNotBlank();
      assertThat(hint.column()).isBetween(0, text.length());
      assertThat(hint.under(text).lines()).hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
