// SPDX-License-Identifier: Apache-2.0
package energy.muster.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DestinationTest {
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration PERIOD = Duration.ofHours(1);

  private static ChangeSet set(long number, String... flags) {
    return new ChangeSet(
        DocumentId.next(START),
        DataClass.READINGS,
        number,
        START.plus(PERIOD.multipliedBy(number - 1)),
        START.plus(PERIOD.multipliedBy(number)),
        List.of(flags),
        List.of(Json.object().put("number", number)));
  }

  private static Destination destination(String... flags) {
    return new Destination(DataClass.READINGS, List.of(flags), 0, Optional.empty());
  }

  private static void assertRefused(Runnable what, Reason reason, String said) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason))
        .hasMessageContaining(said);
  }

  /** Whatever is lost or comes twice: what lacks is asked for again from where it stopped. */
  @Property(tries = 200)
  void eachIsAppliedOnceAndInOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<ChangeSet> all = new ArrayList<>();
    for (int number = 1; number <= 30; number++) {
      all.add(random.nextBoolean() ? set(number, "billing") : set(number, "planning"));
    }
    List<Long> applied = new ArrayList<>();
    Destination destination = destination("billing");
    while (destination.upTo() < all.size()) {
      int at = random.nextInt(5) == 0 ? random.nextInt(all.size()) : (int) destination.upTo();
      try {
        Destination.Taken taken = destination.take(all.get(at));
        destination = taken.next();
        if (taken.wanted()) {
          applied.add(all.get(at).number());
        }
      } catch (Refused e) {
        assertThat(at).isGreaterThan((int) destination.upTo());
      }
    }

    assertThat(applied)
        .isEqualTo(
            all.stream()
                .filter(set -> set.flags().contains("billing"))
                .map(ChangeSet::number)
                .toList());
  }

  @Test
  void whatLacksIsNamed() {
    assertRefused(
        () -> destination().take(set(1)).next().take(set(4)),
        Reason.PRECONDITION,
        "readings: change sets 2 to 3 lack");
  }

  @Test
  void aPeriodBeginsWhereTheOneBeforeEnded() {
    ChangeSet late =
        new ChangeSet(
            DocumentId.next(START),
            DataClass.READINGS,
            2,
            START.plus(PERIOD.multipliedBy(2)),
            START.plus(PERIOD.multipliedBy(3)),
            List.of(),
            List.of());

    assertRefused(
        () -> destination().take(set(1)).next().take(late),
        Reason.PRECONDITION,
        "begins at 2026-07-01T02:00:00Z, and the one before ended at 2026-07-01T01:00:00Z");
  }

  @Test
  void anotherClassIsRefused() {
    Destination bills = new Destination(DataClass.BILLS, List.of(), 0, Optional.empty());

    assertRefused(() -> bills.take(set(1)), Reason.WRONG_TARGET, "readings, not bills");
  }

  @Test
  void isReadAsItWasWritten() {
    ChangeSet set = set(7, "billing", "audit");

    assertThat(ChangeSet.read(Fields.of(Json.parse(Json.text(set.write())))))
        .hasToString(set.toString());
  }
}
