// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.alarm.RuleName;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.AlarmArchive.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
  private static final BareJid ANNA = BareJid.parse("anna@grid.example");
  private static final BareJid LOAD = BareJid.parse("load-1@grid.example");

  private final List<Past> past = new ArrayList<>();

  private void happened(long number, String rule, long seconds, Kind kind) {
    Optional<BareJid> by =
        kind == Kind.OFFERED || kind == Kind.ACKNOWLEDGED ? Optional.of(ANNA) : Optional.empty();
    past.add(
        new Past(
            number,
            LOAD,
            Optional.empty(),
            new RuleName(rule),
            new AlarmTransition(START.plusSeconds(seconds), kind, by, "")));
  }

  private AlarmReport report(long seconds) {
    return Figures.of(START, START.plusSeconds(seconds), past, List.of());
  }

  @Test
  void whatNeverHappenedIsZero() {
    AlarmReport report = report(3600);

    assertThat(report.raised()).isZero();
    assertThat(report.toAcknowledge().longestMillis()).isZero();
    assertThat(report.operators()).isEmpty();
  }

  @Test
  void theTimeToAcknowledgeIsThatOfTheFirstWhoDid() {
    happened(1, "too-hot", 0, Kind.RAISED);
    happened(1, "too-hot", 10, Kind.ACKNOWLEDGED);
    happened(1, "too-hot", 99, Kind.ACKNOWLEDGED);
    happened(2, "too-hot", 100, Kind.RAISED);
    happened(2, "too-hot", 130, Kind.ACKNOWLEDGED);
    AlarmReport report = report(3600);

    assertThat(report.acknowledged()).isEqualTo(2);
    assertThat(report.toAcknowledge().p50Millis()).isEqualTo(10_000);
    assertThat(report.toAcknowledge().longestMillis()).isEqualTo(30_000);
  }

  @Test
  void anAlarmOfferedAgainCountsOnceForAPerson() {
    happened(1, "too-hot", 0, Kind.OFFERED);
    happened(1, "too-hot", 60, Kind.OFFERED);

    assertThat(report(1200).operators())
        .singleElement()
        .satisfies(
            anna -> {
              assertThat(anna.offered()).isEqualTo(1);
              assertThat(anna.perTenMinutes()).isEqualByComparingTo("0.5");
            });
  }

  @Test
  void aFloodIsMoreThanTenInTenMinutesAndCountsOnce() {
    for (int i = 0; i < 12; i++) {
      happened(i, "too-hot", i, Kind.OFFERED);
    }
    happened(20, "too-hot", 700, Kind.OFFERED);

    assertThat(report(3600).operators())
        .singleElement()
        .satisfies(
            anna -> {
              assertThat(anna.most()).isEqualTo(12);
              assertThat(anna.floods()).isEqualTo(1);
            });
  }

  @Test
  void theTopTenAreThePointsThatCameMostOftenThoseThatFoldedIncluded() {
    for (int i = 0; i < 11; i++) {
      happened(i, "rule-" + i, i, Kind.RAISED);
    }
    happened(10, "rule-10", 20, Kind.FOLDED);
    happened(10, "rule-10", 21, Kind.CHATTERING);
    AlarmReport report = report(3600);

    assertThat(report.top()).hasSize(10);
    assertThat(report.top().get(0))
        .isEqualTo(new AlarmReport.Point(LOAD, new RuleName("rule-10"), 2));
    assertThat(report.chattering()).containsExactly(report.top().get(0));
  }
}
