// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import energy.muster.storm.OldJournal.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a copy of a journal is taken and when it comes back. */
class OldJournalTest {
  private static final Instant TAKEN = Instant.parse("2026-01-01T12:00:00Z");
  private static final String DEVICE = "load-9";

  private final OldJournal journal = new OldJournal(DEVICE);

  private static Fact told(String device, Instant at) {
    return new Fact.Told(
        at, DocumentId.next(at), device, new Fact.Signed("d", DeliveryState.EXECUTED, "off"));
  }

  @BeforeEach
  void take() {
    assertThat(journal.next(List.of())).isEqualTo(Step.TAKE);
    journal.taken(TAKEN);
  }

  @Test
  void aCopyIsCurrentUntilTheDeviceHasAnsweredSince() {
    List<Fact> before =
        List.of(told(DEVICE, TAKEN.minusMillis(1)), told("load-1", TAKEN.plusMillis(1)));

    assertThat(journal.isCurrent(before)).isTrue();
    assertThat(journal.next(before)).isEqualTo(Step.NOTHING);
  }

  @Test
  void aCopyThatTheJournalHasLeftBehindComesBackOnce() {
    List<Fact> after = List.of(told(DEVICE, TAKEN.plusMillis(1)));

    assertThat(journal.isCurrent(after)).isFalse();
    assertThat(journal.next(after)).isEqualTo(Step.BRING_BACK);
    journal.broughtBack();
    assertThat(journal.next(after)).isEqualTo(Step.NOTHING);
    assertThat(journal.isCurrent(List.of())).isFalse();
  }
}
