// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of meters, billed and settled, over a service that knows them. */
final class MetersTest extends Sitting {
  private static final BareJid LOAD = TestPki.jid("load-48");
  private static final String TARIFF =
      """
      {"supplier":"northco","tariff":"home","title":"One price","version":1,"currency":"USD",
       "zone":"UTC","from":"2020-01-01","billingDay":1,"rounding":"line",
       "energy":[{"name":"Energy","rates":[{"price":"0.25"}]}]}""";

  @TempDir Path folder;

  private LocalDate today() {
    return now.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** The quarter of an hour that is on. */
  private Instant quarter() {
    long step = Duration.ofMinutes(15).toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step);
  }

  @Test
  void aMeterIsShownWithWhatItCountedToday() throws Exception {
    service.meters.keep(LOAD, today().atStartOfDay(ZoneOffset.UTC).toInstant(), 250, 260);
    assertThat(session.run("meter load-48").ok()).isTrue();
    assertThat(one(Event.MeterShown.class).statement().today().importWh()).isEqualTo(510);
  }

  @Test
  void ofAMeterThatToldNothingNothingIsShown() throws Exception {
    assertThat(session.run("meter load-48").ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().text()).contains("told no readings");
  }

  @Test
  void aBillNamesItsIntervalsAndIsWrittenForOtherPrograms() throws Exception {
    service.meters.keep(LOAD, today().atStartOfDay(ZoneOffset.UTC).toInstant(), 4000, 8000);
    Path tariff = Files.writeString(folder.resolve("home.json"), TARIFF);
    Path file = folder.resolve("bill.csv");
    session.run("bill load-48 for " + today() + " under " + tariff + " to " + file);
    Event.Billed billed = one(Event.Billed.class);
    assertThat(billed.bill().total().amount()).isEqualByComparingTo("3.00");
    assertThat(billed.bill().lines().get(0).uses().get(0).intervals()).isEqualTo(2);
    assertThat(Files.readString(file)).contains("Energy").contains("total");
  }

  @Test
  void readingsAreWrittenInTheFormThatTheFileIsNamedFor() throws Exception {
    service.meters.keep(LOAD, today().atStartOfDay(ZoneOffset.UTC).toInstant(), 4000, 8000);
    for (String form : new String[] {"csv", "json", "xml"}) {
      Path file = folder.resolve("readings." + form);
      assertThat(session.run("readings load-48 for " + today() + " to " + file).ok()).isTrue();
      assertThat(Files.readString(file)).isNotBlank();
    }
    assertThat(Files.readString(folder.resolve("readings.csv"))).contains("4.000,0.000");
    session.run("readings load-48 for " + today() + " to " + folder.resolve("readings.pdf"));
    assertThat(one(Event.Mistaken.class).hint().text()).contains(".csv");
  }

  @Test
  void aShedIsSettledByWhatWasSignedAndWhatWasMetered() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Executed("shed", Optional.of(Power.kilowatts(20)))));
    Instant start = quarter();
    session.run("shed load-48 for 15 min");
    service.meters.keep(
        LOAD, start.minus(Duration.ofHours(1)), 5000, 5000, 5000, 5000, 2000, 1000, 5000, 5000);
    session.run("settle " + only().id().text());
    assertThat(one(Event.Settlement.class).settled().figure()).as("not over").isEmpty();
    events.clear();
    now = now.plus(Duration.ofMinutes(40));
    Path file = folder.resolve("settled.csv");
    assertThat(session.run("settle " + only().id().text() + " to " + file).ok()).isTrue();
    Settled settled = one(Event.Settlement.class).settled();
    assertThat(settled.sum(Settlement.PROMISED)).isEqualByComparingTo("5.000");
    assertThat(settled.sum(Settlement.DELIVERED)).isPositive();
    assertThat(settled.figure()).isPresent();
    assertThat(Files.readString(file)).contains("promised-kwh").contains("shed-delivered-share");
  }

  @Test
  void withoutReadingsThereIsNoFigure() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Executed("shed", Optional.of(Power.kilowatts(20)))));
    session.run("shed load-48 for 15 min");
    now = now.plus(Duration.ofMinutes(40));
    assertThat(session.run("settle " + only().id().text()).ok()).isFalse();
    Settled settled = one(Event.Settlement.class).settled();
    assertThat(settled.over()).isTrue();
    assertThat(settled.unmetered()).containsKey(LOAD);
  }
}
