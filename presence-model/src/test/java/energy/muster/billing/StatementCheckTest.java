// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.OnePriceTariff;
import energy.muster.identity.BareJid;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementCheckTest {
  private static final BareJid METER = BareJid.parse("meter-1@grid.example");
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final LocalDate DAY = LocalDate.parse("2026-07-02");

  private final Tariff tariff = flat(1, "0.25");
  private final Biller biller = new Biller(TariffBoard.EMPTY.with(tariff), PriceBoard.EMPTY);
  private final Instant start =
      DAY.withDayOfMonth(1).atStartOfDay(tariff.validity().zone()).toInstant();
  private final Readings counted = twoDays();

  private static Tariff flat(long version, String price) {
    return OnePriceTariff.of(
        new Header(
            DocumentType.TARIFF,
            "ieee123",
            DocumentId.next(Instant.parse("2026-05-01T00:00:00Z").plusSeconds(version)),
            BareJid.parse("tariffs.northco@grid.example"),
            Instant.parse("2026-05-01T00:00:00Z")),
        new OfferName("northco", "home"),
        version,
        "America/New_York",
        "2026-01-01",
        price);
  }

  private Readings twoDays() {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < 192; i++) {
      intervals.add(IntervalEnergy.valid(start.plus(STEP.multipliedBy(i)), 200 + i, 0));
    }
    return Readings.of(STEP, intervals);
  }

  private CostStatement statement(Biller own) {
    DocumentId id = DocumentId.next(counted.end());
    Bill bill =
        own.bill(
            id,
            new Account(METER, tariff.name(), Optional.empty()),
            DAY.withDayOfMonth(1),
            DAY.plusDays(1),
            counted);
    Header header = new Header(DocumentType.COST_STATEMENT, "ieee123", id, METER, counted.end());
    return new CostStatement(header, tariff.validity().zone(), DAY, counted, Optional.of(bill));
  }

  @Test
  void whatIsReckonedAlikeAgreesAlsoAfterItsWayOverTheWire() {
    CostStatement read = CostStatement.read(statement(biller).write());
    StatementCheck check = StatementCheck.of(read, Optional.of(counted), Optional.of(biller));
    assertThat(check.agrees()).as(check.text()).isTrue();
  }

  @Test
  void theIntervalThatDiffersIsNamed() {
    Instant seventh = counted.startOf(7);
    Readings corrected =
        counted.corrected(IntervalEnergy.valid(seventh, 1, 0), "read", counted.end());
    StatementCheck check =
        StatementCheck.of(statement(biller), Optional.of(corrected), Optional.of(biller));
    assertThat(check.agrees()).isFalse();
    assertThat(check.interval()).contains(seventh);
    assertThat(check.text()).contains("0.207 kWh").contains("0.001 kWh, corrected");
  }

  @Test
  void whatIsNotKnownHereIsNamed() {
    StatementCheck check =
        StatementCheck.of(
            statement(biller), counted.within(start, counted.startOf(100)), Optional.of(biller));
    assertThat(check.interval()).contains(counted.startOf(100));
  }

  @Test
  void anotherVersionOfTheTariffIsNamed() {
    Biller newer =
        new Biller(TariffBoard.EMPTY.with(tariff).with(flat(2, "0.30")), PriceBoard.EMPTY);
    StatementCheck check =
        StatementCheck.of(statement(biller), Optional.of(counted), Optional.of(newer));
    assertThat(check.agrees()).isFalse();
    assertThat(check.text()).contains("by version 1").contains("by version 2");
  }
}
