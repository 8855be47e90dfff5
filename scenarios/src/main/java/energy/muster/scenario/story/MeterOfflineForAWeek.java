// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsPage;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A meter that counted by itself for a week comes to its network while device and server are
 * killed: the service has the whole week, in its order and once, and it is billed.
 */
public final class MeterOfflineForAWeek implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  /** A client may ask so often in a second, and no oftener. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  private static final String SELF_CORRECTED = "the meter read its register again";

  /** A document holds a day at most. */
  private static final int DOCUMENTS = 7;

  @Override
  public String name() {
    return "meter-offline-for-a-week";
  }

  @Override
  public String about() {
    return "A week of readings comes in its order and once, past killed devices and servers, and is billed.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    Path data = scene.stage().folder().data();
    WeekOfUse week = new WeekOfUse(scene.now());
    DeviceSpec meter =
        meter(branch, week.write(Files.createDirectories(data).resolve("week.json")));
    scene.stage().enrol(meter);
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", new Area("branch-7"));
    scene.stage().person("eng-1", Role.ENGINEER, branch);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    scene.stage().person("archive", Role.VIEWER, branch);
    Child server =
        scene.stage().serverProperty("muster.exchange.period-seconds", "2").startServer();
    Operator utility = scene.operator("op-1");
    server.kill();

    scene.note(
        "A week without its network: the meter has counted, and its agent is killed as well.");
    List<DeviceSpec> metered = List.of(meter);
    Path config =
        scene
            .stage()
            .folder()
            .deviceConfig("meters", metered, scene.stage().access(), Path.of("meters.db"));
    Child away = scene.stage().launchDevices("meters", config, List.of());
    away.await("started", WITHIN);
    away.kill();

    scene.note("It tells the week a day at a time; the device is killed, then the server.");
    scene.stage().startServer();
    Child first = scene.startDevices("meters", metered);
    taken(first, 2);
    first.kill();
    Child second = scene.startDevices("meters", metered);
    // The first may have told more before it was dead.
    if (told(first) < 4) {
      taken(second, 4);
    }
    scene.stage().server().kill();
    scene.stage().startServer();
    if (told(first) < DOCUMENTS) {
      taken(second, DOCUMENTS);
    }

    scene.note("The service has each quarter of an hour as the meter counted it.");
    scene.await("op-1 is back", WITHIN, utility.session()::proven);
    utility.does("meter meter-1");
    List<IntervalEnergy> known = known(utility, data, week);
    scene.checkEqual(week.intervals().size(), known.size(), "the number of intervals");
    scene.check(known.equals(week.intervals()), "each is what the meter counted, in its order");

    scene.note(
        "It has a tariff, and reckons by itself what the service reckons, by the same code.");
    Path tariff = new OnePrice(data, "northco", "UTC").next("0.2724");
    Operator supplier = scene.operator("tariffs.northco");
    supplier.does("expect 1 meters that are available within 20 s");
    supplier.says("publish tariff " + tariff);
    supplier.awaitAnswer("meter-1", "executed", WITHIN);
    second.kill();
    Child third = scene.startDevices("meters", metered);
    scene.await("both come to the same", WITHIN, () -> agree(scene, utility));
    utility.sees(" USD here and there");

    scene.note("Whoever keeps copies has the bill of the month so far, and its figures.");
    Operator archive = scene.operator("archive");
    Path copies = data.resolve("copies");
    scene.await(
        "the bill is in a change set", WITHIN, () -> copied(scene, archive, "bills", copies));
    scene.await("so are its figures", WITHIN, () -> copied(scene, archive, "metrics", copies));

    scene.note("Its register is read again and says otherwise of one: it corrects that itself.");
    third.kill();
    Instant misread = week.intervals().get(300).start();
    week.but(misread, 7).write(data.resolve("week.json"));
    Child fourth = scene.startDevices("meters", metered);
    scene.await(
        "the meter's own correction is there",
        WITHIN,
        () -> selfCorrected(scene, utility, misread));

    scene.note("An engineer corrects one; what the meter said is kept, and the bill follows.");
    Operator engineer = scene.operator("eng-1");
    LocalDate yesterday = day(week.end()).minusDays(1);
    String start = yesterday + " 00:00";
    utility.declined(
        "correct meter-1 at " + start + " to 0.5 kWh because \"a guess\"", "not-authorised");
    engineer.does("correct meter-1 at " + start + " to 0.5 kWh because \"read at the substation\"");
    Readings corrected = page(utility, data, YearMonth.from(yesterday)).readings().orElseThrow();
    scene.check(
        corrected.corrections().stream()
            .anyMatch(each -> each.reason().contains("read at the sub")),
        "the correction is there");
    scene.check(
        corrected.corrections().stream()
            .allMatch(each -> week.intervals().contains(each.original())),
        "what the meter said first is kept");

    scene.note("The meter stands by what it counted; people are told which interval differs.");
    fourth.kill();
    scene.startDevices("meters", metered);
    utility.told("statement", "meter-1", WITHIN);
    utility.does("meter meter-1");
    utility.sees("0.500 kWh, corrected");

    scene.note("A bill traces each charge to its intervals, and files say what they are.");
    utility.does(
        "bill meter-1 for "
            + day(week.end())
            + " under "
            + tariff
            + " to "
            + data.resolve("bill.csv"));
    utility.sees("Energy");
    utility.does(
        "readings meter-1 for " + YearMonth.from(day(week.end())) + " to " + data.resolve("m.xml"));
    scene.check(
        Files.readString(data.resolve("m.xml")).contains("energy-this-month"),
        "the file for billing systems says what it is");

    scene.note("Whoever may not see the meter learns nothing, not even that there is one.");
    scene.operator("op-2").declined("meter meter-1", "unknown");
  }

  private static DeviceSpec meter(Area branch, Path memory) {
    ObjectNode driver =
        Json.object().put("type", "meter").put("kw", 3).put("memory", memory.toString());
    driver.putObject("metering").put("minutes", 15).put("reportMinutes", 15);
    return new DeviceSpec("meter-1", Set.of(branch), driver, DeviceSpec.DEFAULT_LEASE);
  }

  /** Whether its own correction is shown by now. */
  private static boolean selfCorrected(Scene scene, Operator utility, Instant interval) {
    try {
      scene.pause(BETWEEN_QUESTIONS);
      utility.says("readings meter-1 for " + YearMonth.from(day(interval)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return scene.transcript().says("is 0.007 kWh: " + SELF_CORRECTED);
  }

  /** Takes what there is of a class of data; whether that was anything by now. */
  private static boolean copied(Scene scene, Operator archive, String what, Path folder) {
    try {
      scene.pause(BETWEEN_QUESTIONS);
      archive.says("changes " + what + " with billing into " + folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return Files.exists(folder.resolve(what + "-00000001.json"));
  }

  /** Whether the service reckons what the meter does, cost and all. */
  private static boolean agree(Scene scene, Operator utility) {
    try {
      scene.pause(BETWEEN_QUESTIONS);
      utility.says("meter meter-1");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    List<Event> seen = utility.seen();
    for (int i = seen.size() - 1; i >= 0; i--) {
      if (seen.get(i) instanceof Event.MeterShown shown) {
        return shown
            .own()
            .filter(own -> own.agrees() && own.statement().bill().isPresent())
            .isPresent();
      }
    }
    return false;
  }

  private static void taken(Child device, long sequence) {
    device.await("readingsTaken", said -> said.path("sequence").asLong() >= sequence, WITHIN);
  }

  /** The last document of which it has heard that it is taken. */
  private static long told(Child device) {
    return device.events().stream()
        .filter(said -> said.path("event").asText().equals("readingsTaken"))
        .mapToLong(said -> said.path("sequence").asLong())
        .max()
        .orElse(0);
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneId.systemDefault()).toLocalDate();
  }

  /** What the service knows of the week, from one month or two. */
  private static List<IntervalEnergy> known(Operator utility, Path data, WeekOfUse week)
      throws IOException, InterruptedException {
    List<IntervalEnergy> known = new ArrayList<>();
    YearMonth last = YearMonth.from(day(week.end()));
    for (YearMonth month = YearMonth.from(day(week.start()));
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      page(utility, data, month)
          .readings()
          .ifPresent(readings -> known.addAll(readings.between(week.start(), week.end())));
    }
    return known;
  }

  private static ReadingsPage page(Operator utility, Path data, YearMonth month)
      throws IOException, InterruptedException {
    Path file = data.resolve(month + ".json");
    utility.does("readings meter-1 for " + month + " to " + file);
    return ReadingsPage.read(Json.parseLarge(Files.readString(file)));
  }
}
