// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/tariffs.md shows the files that are read here, and bills that come out as it says. */
class TariffsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "tariffs.md");
  private static final Path FILES = Path.of("src", "test", "resources", "tariff");
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  /** A file with what publishing puts before it. */
  private static Tariff tariff(String name) throws IOException {
    ObjectNode document =
        new Header(
                DocumentType.TARIFF,
                "ieee123",
                DocumentId.next(Instant.EPOCH),
                BareJid.parse("tariffs@grid.example"),
                Instant.EPOCH)
            .write();
    document.setAll(Json.parse(Files.readString(FILES.resolve(name + ".json"))));
    return Tariff.read(Json.bytes(document));
  }

  private static Bill bill(
      Tariff tariff, String readFrom, String from, String until, ToLongFunction<ZonedDateTime> wh) {
    List<IntervalEnergy> all = new ArrayList<>();
    Instant end = tariff.validity().startOf(LocalDate.parse(until));
    for (Instant at = tariff.validity().startOf(LocalDate.parse(readFrom));
        at.isBefore(end);
        at = at.plus(QUARTER)) {
      all.add(IntervalEnergy.valid(at, wh.applyAsLong(at.atZone(tariff.validity().zone())), 0));
    }
    return new Biller(TariffBoard.EMPTY.with(tariff), PriceBoard.EMPTY)
        .bill(
            DocumentId.next(Instant.EPOCH),
            new Account(BareJid.parse("meter-48@grid.example"), tariff.name(), Optional.empty()),
            LocalDate.parse(from),
            LocalDate.parse(until),
            Readings.of(QUARTER, all));
  }

  private static void assertShown(Bill bill) throws IOException {
    StringBuilder rows = new StringBuilder("| --- | --- | --- | --- | --- |\n");
    for (Line line : bill.lines()) {
      String tier = line.tier() == 0 ? "" : "tier " + line.tier();
      rows.append(
          "| %s | %s | %s %s | %s | %s |\n"
              .formatted(
                  line.charge(),
                  line.when().isEmpty() || tier.isEmpty()
                      ? line.when() + tier
                      : line.when() + ", " + tier,
                  line.quantity().toPlainString(),
                  line.unit(),
                  line.price().map(BigDecimal::toPlainString).orElse(""),
                  line.amount().amount().toPlainString()));
    }
    rows.append("| **total** |  |  |  | ").append(bill.total().amount()).append(" |\n");

    assertThat(page()).contains(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"home", "two-register", "business"})
  void showsTheFileAsItIs(String name) throws IOException {
    assertThat(page())
        .contains("\n" + Files.readString(FILES.resolve(name + ".json")).strip() + "\n```");
  }

  @Test
  void theBillOfAHome() throws IOException {
    assertShown(bill(tariff("home"), "2026-07-01", "2026-07-01", "2026-08-01", at -> 200));
  }

  @Test
  void theBillOfTwoRegisters() throws IOException {
    assertShown(bill(tariff("two-register"), "2026-03-01", "2026-03-01", "2026-04-01", at -> 125));
  }

  @Test
  void theBillOfABusiness() throws IOException {
    assertShown(
        bill(
            tariff("business"),
            "2026-02-01",
            "2026-07-01",
            "2026-08-01",
            at -> kilowatts(at.toLocalDateTime()) * 250));
  }

  private static long kilowatts(LocalDateTime at) {
    if (within(at, "2026-02-03T08:00")) {
      return 130;
    }
    if (within(at, "2026-07-15T14:00")) {
      return 90;
    }
    boolean work =
        at.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
            && !at.toLocalDate().equals(LocalDate.parse("2026-07-03"));
    return work && at.getHour() >= 9 && at.getHour() < 17 ? 60 : 40;
  }

  private static boolean within(LocalDateTime at, String halfHour) {
    LocalDateTime begin = LocalDateTime.parse(halfHour);
    return !at.isBefore(begin) && at.isBefore(begin.plusMinutes(30));
  }
}
