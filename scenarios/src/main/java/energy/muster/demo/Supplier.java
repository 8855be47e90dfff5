// SPDX-License-Identifier: Apache-2.0
package energy.muster.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Setup;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.pki.AtomicFile;
import energy.muster.refusal.Refused;
import energy.muster.stage.Seat;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A supplier that only the demo has: it publishes a tariff and the prices of today and tomorrow
 * while a newcomer is at the prompt already, and goes on next time where it stopped.
 */
final class Supplier {
  private static final String NAME = "development";
  private static final String PERSON = "tariffs." + NAME;
  private static final LocalDate SINCE = LocalDate.of(2026, 1, 1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** So far back at most what lacks is made up for. */
  private static final int MOST_DAYS = 60;

  /** Of a kilowatt-hour in each hour of the day, in cents. */
  private static final int[] CENTS = {
    11, 10, 10, 9, 9, 10, 14, 19, 22, 20, 17, 15, 14, 13, 13, 15, 19, 27, 34, 36, 31, 24, 17, 13
  };

  private final Stage stage;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Path folder;

  Supplier(Stage stage, InstantSource clock, ZoneId here) {
    this.stage = stage;
    this.clock = clock;
    this.zone = ZoneId.getAvailableZoneIds().contains(here.getId()) ? here : ZoneId.of("Etc/UTC");
    this.folder = stage.folder().data().resolve("supplier");
  }

  /** Before the server is started. */
  static void enrol(Stage stage) {
    stage.person(PERSON, Role.TARIFF_PUBLISHER, Area.ALL);
  }

  /** Begins to publish; the thread ends by itself, and with the program. */
  Thread start() {
    Thread thread = new Thread(this::publish, "demo-supplier");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void publish() {
    LocalDate end = clock.instant().atZone(zone).toLocalDate().plusDays(2);
    try {
      Optional<LocalDate> done = published();
      if (done.filter(until -> !until.isBefore(end)).isPresent()) {
        return;
      }
      Files.createDirectories(folder);
      BareJid person = stage.folder().jid(PERSON);
      try (ConsoleSession session =
          Seat.take(stage, person, Setup.PATIENCE, Setup.IDLE, clock, unseen -> {})) {
        // The same as before goes out as the document it was.
        boolean all = say(session, "publish tariff " + write("home.json", tariff()));
        LocalDate from = from(done, end);
        all &= say(session, "publish prices " + write("day-ahead.json", prices(from, end)));
        if (all) {
          write("published.json", Json.object().put("until", end.toString()));
        }
      }
    } catch (IOException | StageFailure | Refused e) {
      // Somebody leaves just now, or it is tried again next time; nothing depends on it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean say(ConsoleSession session, String line) throws InterruptedException {
    return session.run(line).ok();
  }

  private static LocalDate from(Optional<LocalDate> done, LocalDate end) {
    LocalDate oldest = end.minusDays(MOST_DAYS);
    return done.filter(oldest::isBefore).orElse(done.isPresent() ? oldest : end.minusDays(2));
  }

  private Optional<LocalDate> published() throws IOException {
    Path file = folder.resolve("published.json");
    return Files.exists(file)
        ? Optional.of(
            Fields.readAll(
                Json.parse(Files.readAllBytes(file)),
                fields -> fields.value("until", LocalDate::parse)))
        : Optional.empty();
  }

  private Path write(String name, ObjectNode object) throws IOException {
    Path file = folder.resolve(name);
    AtomicFile.open(file, (Json.pretty(object) + "\n").getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private ObjectNode tariff() {
    ObjectNode tariff =
        Json.object()
            .put("supplier", NAME)
            .put("tariff", "home")
            .put("title", "Home, dear from 4 to 9 in the evening")
            .put("version", 1)
            .put("currency", "USD")
            .put("zone", zone.getId())
            .put("from", SINCE.toString())
            .put("billingDay", 1)
            .put("rounding", "line");
    ArrayNode periods = tariff.putArray("periods");
    periods.addObject().put("name", "peak").put("from", "16:00").put("until", "21:00");
    periods.addObject().put("name", "off-peak").put("from", "21:00").put("until", "16:00");
    tariff
        .putArray("fixed")
        .addObject()
        .put("name", "Base service")
        .put("per", "day")
        .put("amount", "0.79343");
    ArrayNode rates = tariff.putArray("energy").addObject().put("name", "Energy").putArray("rates");
    rate(rates, "peak", "0.39713");
    rate(rates, "off-peak", "0.26713");
    return tariff;
  }

  private static void rate(ArrayNode rates, String period, String price) {
    ObjectNode rate = rates.addObject();
    rate.putArray("periods").add(period);
    rate.put("price", price);
  }

  /** The same for the same days, whenever they are made. */
  private ObjectNode prices(LocalDate from, LocalDate until) {
    Instant end = until.atStartOfDay(zone).toInstant();
    Instant start = from.atStartOfDay(zone).toInstant();
    ObjectNode series =
        Json.object()
            .put("supplier", NAME)
            .put("series", "day-ahead")
            .put("currency", "USD")
            .put("zone", zone.getId())
            .put("start", start.toString())
            .put("until", end.toString())
            .put("minutes", HOUR.toMinutes());
    ArrayNode prices = series.putArray("prices");
    for (Instant at = start; at.isBefore(end); at = at.plus(HOUR)) {
      int ofDay = at.atZone(zone).toLocalDate().getDayOfYear() % 5;
      int cents = CENTS[at.atZone(zone).getHour()] + ofDay;
      prices.add(BigDecimal.valueOf(cents, 2).toPlainString());
    }
    return series;
  }
}
