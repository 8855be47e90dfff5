// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two suppliers offer energy; a load takes the one with whom its own usage costs less, says each
 * change and both costs under its own seal, draws less when all are too dear, and sheds itself when
 * the one that it takes is dearer still.
 */
public final class CheapestSupplier implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int FIRST_TIER_KWH = 4;

  @Override
  public String name() {
    return "cheapest-supplier";
  }

  @Override
  public String about() {
    return "A load takes the supplier with whom its own usage costs least, and tells both costs.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Path data = scene.stage().folder().data();
    WeekOfUse week = new WeekOfUse(scene.now());
    List<DeviceSpec> devices = List.of(load(week.write(data.resolve("week.json"))));
    scene.stage().enrol(devices);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.stage().person("tariffs.southco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().startServer();
    Child load = scene.startDevices("load-48", devices);
    Operator north = scene.operator("tariffs.northco");
    Operator south = scene.operator("tariffs.southco");
    Operator utility = scene.operator("op-1");
    OnePrice northern = new OnePrice(data, "northco");
    OnePrice southern = new OnePrice(data, "southco");

    scene.note(
        "northco asks 0.30. southco asks 0.45 for the first 4 kWh of a day and 0.10 above:"
            + " dearer just now, and cheaper for what the load used in the week before.");
    publish(north, northern.next("0.30"));
    publish(south, southern.nextTiered("0.45", FIRST_TIER_KWH, "0.10"));
    utility.told("supplier", "load-48", SOON);
    utility.sees("takes southco/home instead of northco/home");
    Map<LocalDate, Long> days = week.wholeDays(ZoneId.of(OnePrice.NEW_YORK));
    utility.sees(
        "costs %s USD with southco/home, %s USD with northco/home"
            .formatted(tiered(days, "0.45", "0.10"), tiered(days, "0.30", "0.30")));
    utility.does("status load-48 now");
    utility.sees(tiered(days, "0.30", "0.30") + " USD with northco/home");

    scene.note("It is killed. Whose energy it takes it has on disk.");
    load.kill();
    scene.startDevices("load-48", devices);
    utility.does("expect load-48 on within 20 s");
    utility.does("status load-48 now");
    utility.sees("takes southco/home");

    scene.note("southco asks 0.40 above: now its bill is the dearer, and the load goes back.");
    publish(south, southern.nextTiered("0.25", FIRST_TIER_KWH, "0.40"));
    says(scene, "it says that it is back", "takes northco/home instead of southco/home");
    says(
        scene,
        "it says what both cost",
        "costs %s USD with northco/home, %s USD with southco/home"
            .formatted(tiered(days, "0.30", "0.30"), tiered(days, "0.25", "0.40")));

    dear(scene, utility, north, south, northern, southern);
  }

  private static void dear(
      Scene scene,
      Operator utility,
      Operator north,
      Operator south,
      OnePrice northern,
      OnePrice southern)
      throws Exception {
    scene.note("northco gets dear, but not all do: the load takes southco, and what it likes.");
    publish(north, northern.next("0.95"));
    utility.does("expect load-48 on");

    scene.note("Both are too dear. It takes the cheaper, and no more than 8 kW of it.");
    publish(south, southern.next("0.90"));
    utility.ends("limit", "load-48", "executed", SOON);
    says(scene, "it says why", "0.90 USD a kWh is above the limit of 0.80, and none is cheaper");
    utility.does("status load-48 now");
    utility.sees("limit 8 kW");

    scene.note("Dearer still: what it may pay at all is 1.20, so it sheds itself.");
    publish(north, northern.next("1.35"));
    publish(south, southern.next("1.30"));
    utility.ends("shed", "load-48", "executed", SOON);
    utility.does("expect load-48 off within 20 s");

    scene.note("Back at 0.90 it comes back, and is limited as before.");
    publish(south, southern.next("0.90"));
    utility.does("expect load-48 on within 20 s");
    scene.await(
        "it was limited a second time",
        SOON,
        () -> {
          try {
            scene.pause(Duration.ofSeconds(1));
            return utility.ordered().stream().filter("limit load-48"::equals).count() == 2;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });

    scene.note("northco is sensible again: the load goes back to it, and draws what it likes.");
    publish(north, northern.next("0.31"));
    utility.ends("restore", "load-48", "executed", SOON);
    utility.does("status load-48 now");
    utility.sees("takes northco/home");
  }

  private static DeviceSpec load(Path memory) {
    ObjectNode plan = OnePrice.plan("northco/home", "southco/home");
    plan.putArray("rules")
        .add(OnePrice.rule("shed", "1.20"))
        .add(OnePrice.rule("reduce", "0.80").put("toKw", 8).put("all", true));
    plan.put("margin", "0.01").put("shortestStaySeconds", 1).put("usageDays", 7);
    DeviceSpec load = Cast.load("load-48", BRANCH, 20);
    ObjectNode driver = load.driver();
    driver.putObject("metering").put("minutes", 15).put("memory", memory.toString());
    return load.withDriver(driver).minding(plan);
  }

  /** Reckoned here by hand: each billing month, and each tier of it, is rounded by itself. */
  private static BigDecimal tiered(Map<LocalDate, Long> days, String first, String above) {
    Map<YearMonth, List<Long>> months =
        days.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    day -> YearMonth.from(day.getKey()),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    BigDecimal total = BigDecimal.ZERO;
    for (Collection<Long> month : months.values()) {
      long all = month.stream().mapToLong(Long::longValue).sum();
      long inFirst =
          first.equals(above)
              ? all
              : month.stream().mapToLong(wh -> Math.min(wh, FIRST_TIER_KWH * 1_000L)).sum();
      total = total.add(cost(inFirst, first)).add(cost(all - inFirst, above));
    }
    return total;
  }

  private static BigDecimal cost(long wattHours, String perKwh) {
    return BigDecimal.valueOf(wattHours, 3)
        .multiply(new BigDecimal(perKwh))
        .setScale(2, RoundingMode.HALF_UP);
  }

  private static void says(Scene scene, String what, String text) throws InterruptedException {
    scene.await(what, SOON, () -> scene.transcript().says(text));
  }

  private static void publish(Operator supplier, Path tariff) throws Exception {
    supplier.does("publish tariff " + tariff + " to load-48");
    supplier.does("expect executed within 10 s");
  }
}
