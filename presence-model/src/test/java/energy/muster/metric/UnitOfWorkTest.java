// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.metric.MetricRule.Composition;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final DocumentId SHED = DocumentId.next(NOON);
  private static final BareJid ONE = BareJid.parse("load-1@grid.example");
  private static final BareJid TWO = BareJid.parse("load-2@grid.example");
  private static final List<UsageRecord> RECORDS =
      List.of(
          record(ONE, 1, "promised-kwh", "20"),
          record(ONE, 2, "delivered-kwh", "12.5"),
          record(ONE, 3, "delivered-kwh", "6.5"),
          record(TWO, 1, "promised-kwh", "20"),
          record(TWO, 2, "delivered-kwh", "11"));
  private static final UnitOfWork.Closing CLOSING =
      new UnitOfWork.Closing(NOON, Map.of(ONE, 3L, TWO, 2L));

  private static UsageRecord record(BareJid source, long sequence, String kind, String value) {
    return new UsageRecord(source, sequence, NOON, kind, new BigDecimal(value));
  }

  private static void assertRefused(Runnable what, Reason reason) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  private static UnitOfWork all() {
    UnitOfWork work = UnitOfWork.open(SHED, NOON);
    for (UsageRecord record : RECORDS) {
      work = work.with(record);
    }
    return work;
  }

  @Property(tries = 100)
  void inWhateverOrderAndHoweverOftenRecordsComeItIsTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<UsageRecord> some = new ArrayList<>(RECORDS);
    some.addAll(RECORDS.subList(0, random.nextInt(RECORDS.size())));
    Collections.shuffle(some, random);
    int end = random.nextInt(some.size());

    UnitOfWork work = UnitOfWork.open(SHED, NOON);
    for (int i = 0; i < some.size(); i++) {
      work = i == end ? work.closed(CLOSING) : work;
      work = work.with(some.get(i));
    }

    assertThat(work).isEqualTo(all().closed(CLOSING));
    assertThat(work.complete()).isTrue();
  }

  @Test
  void aFigureIsThereWhenAllIs() {
    UnitOfWork open = all();
    UnitOfWork early = UnitOfWork.open(SHED, NOON).with(RECORDS.get(0)).closed(CLOSING);

    assertThat(MetricRule.SHED_DELIVERED.of(open.closed(CLOSING))).contains(new BigDecimal("0.75"));
    assertThatThrownBy(() -> MetricRule.SHED_DELIVERED.of(open))
        .isInstanceOf(IllegalStateException.class);
    assertThat(early.lacking()).isEqualTo(Map.of(ONE, 2L, TWO, 2L));
    assertThatThrownBy(() -> MetricRule.SHED_DELIVERED.of(early))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void valuesAreSelectedByKindAndComposed() {
    UnitOfWork work = all().closed(CLOSING);

    assertThat(figure(new Composition.Largest("delivered-kwh"), work)).isEqualTo("12.5");
    assertThat(figure(new Composition.Count("delivered-kwh"), work)).isEqualTo("3");
    assertThat(
            figure(
                new Composition.Difference(
                    new Composition.Sum("promised-kwh"), new Composition.Sum("delivered-kwh")),
                work))
        .isEqualTo("10.0");
    assertThat(new MetricRule("nothing", new Composition.Sum("other")).of(work)).isEmpty();
  }

  private static String figure(Composition composition, UnitOfWork work) {
    return new MetricRule("figure", composition).of(work).orElseThrow().toPlainString();
  }

  @Test
  void whatTheClosingDidNotCountComesTooLate() {
    UnitOfWork closed = all().closed(CLOSING);

    assertRefused(() -> closed.with(record(ONE, 4, "delivered-kwh", "1")), Reason.TOO_LATE);
    assertRefused(() -> closed.with(record(ONE, 3, "delivered-kwh", "1")), Reason.ID_CONFLICT);
    assertRefused(() -> closed.closed(new UnitOfWork.Closing(NOON, Map.of())), Reason.TOO_LATE);
    assertRefused(
        () -> all().closed(new UnitOfWork.Closing(NOON, Map.of(ONE, 3L))), Reason.INVALID_ARGUMENT);
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    assertThat(RECORDS)
        .allSatisfy(
            record -> assertThat(UsageRecord.read(Fields.of(record.write()))).isEqualTo(record));
  }
}
