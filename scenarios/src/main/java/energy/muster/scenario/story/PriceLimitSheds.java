// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A load sheds itself when energy gets dear, says so under its own seal, and comes back when the
 * price has fallen far enough; an operator has the last word.
 */
public final class PriceLimitSheds implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern ORDER = Pattern.compile("\\(order ([0-9A-Z]+)\\)");

  @Override
  public String name() {
    return "price-limit-sheds";
  }

  @Override
  public String about() {
    return "A price above its limit has a load shed itself, with a reason; an operator overrules it.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    List<DeviceSpec> devices =
        List.of(
            Cast.load("load-48", BRANCH, 20).minding(OnePrice.planAbove80("shed", "northco/home")));
    scene.stage().enrol(devices);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.enrolOperator("op-2", new Area("branch-18"));
    scene.stage().startServer();
    Child load = scene.startDevices("load-48", devices);
    Operator supplier = scene.operator("tariffs.northco");
    Operator utility = scene.operator("op-1");
    Operator elsewhere = scene.operator("op-2");
    OnePrice price = new OnePrice(scene.stage().folder().data(), "northco");

    scene.note("Energy costs 0.55. The load may pay 0.80: it stays on, and says how it stands.");
    publish(supplier, price, "0.55");
    utility.does("status load-48 now");
    utility.sees("0.55 USD a kWh is not above the limit of 0.80");
    utility.does("expect load-48 on");

    scene.note("The price rises to 0.85. The load sheds itself, and signs what it did and why.");
    publish(supplier, price, "0.85");
    awaits(scene, utility, Operating.OFF);
    utility.told("own-act", "load-48", SOON);
    utility.sees("0.85 USD a kWh is above the limit of 0.80");
    utility.ends("shed", "load-48", "executed", SOON);
    utility.does("order " + orderTold(utility));

    scene.note("It is killed, and does not do it a second time.");
    load.kill();
    scene.startDevices("load-48", devices);
    awaits(scene, utility, Operating.OFF);
    utility.does("status load-48 now");
    utility.sees("shed by its price rule: 0.85 USD");
    scene.checkEqual(1L, times(utility, "shed load-48"), "times that it shed itself");

    overruled(scene, utility);

    scene.note("The price falls to 0.78, which is not far enough, and then to 0.70.");
    publish(supplier, price, "0.78");
    utility.does("expect load-48 off");
    publish(supplier, price, "0.70");
    awaits(scene, utility, Operating.ON);
    scene.await(
        "it says why it is back",
        SOON,
        () -> scene.transcript().says("0.70 USD a kWh is no longer above the limit of 0.80"));
    scene.check(
        elsewhere.seen().stream().noneMatch(Event.Noticed.class::isInstance),
        "nobody elsewhere has been told of it");
  }

  private static void overruled(Scene scene, Operator utility) throws InterruptedException {
    scene.note("op-1 overrules prices for two hours: the load comes back at once.");
    utility.does("overrule load-48 prices for 2 h because guests at dinner");
    awaits(scene, utility, Operating.ON);
    utility.does("status load-48 now");
    utility.sees("prices are overruled by op-1 (guests at dinner), until ");
    utility.ends("restore", "load-48", "executed", SOON);

    scene.note("The guests have left: prices count again, and the load is shed as before.");
    utility.does("lift load-48 prices");
    awaits(scene, utility, Operating.OFF);
  }

  private static void publish(Operator supplier, OnePrice price, String perKwh) throws Exception {
    supplier.does("publish tariff " + price.next(perKwh) + " to load-48");
    supplier.does("expect executed within 10 s");
  }

  private static void awaits(Scene scene, Operator utility, Operating wanted)
      throws InterruptedException {
    scene.await(
        "load-48 is " + wanted.wire(),
        SOON,
        () ->
            utility
                .contact("load-48")
                .flatMap(Contact::presence)
                .map(DevicePresence::operating)
                .equals(Optional.of(wanted)));
  }

  private static String orderTold(Operator utility) {
    return utility.seen().stream()
        .filter(Event.Noticed.class::isInstance)
        .map(event -> ORDER.matcher(((Event.Noticed) event).text()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static long times(Operator utility, String order) throws InterruptedException {
    return utility.ordered().stream().filter(order::equals).count();
  }
}
