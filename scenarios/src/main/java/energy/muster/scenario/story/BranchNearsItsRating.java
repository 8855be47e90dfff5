// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A master IED sums its branch, and relieves it as far as a person has let it; without a mandate it
 * asks.
 */
public final class BranchNearsItsRating implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern ORDER = Pattern.compile("\\(order ([0-9A-Z]+)\\)");

  @Override
  public String name() {
    return "branch-nears-its-rating";
  }

  @Override
  public String about() {
    return "A branch nears its rating: its master IED relieves it under a mandate, or asks a person.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    List<DeviceSpec> devices =
        List.of(
            master(),
            load("load-62c", 40, "tier-1"),
            load("load-63a", 40, "tier-2"),
            load("load-65a", 140, "critical-loads"),
            load("load-76a", 105, "tier-1"),
            Cast.generator("gen-2", BRANCH, 15, 2),
            Cast.breaker("sw4", BRANCH));
    List<DeviceSpec> apart = List.of(load("load-64b", 75, "tier-2"));
    scene.stage().enrol(devices);
    scene.stage().enrol(apart);
    scene.enrolOperator("op-1", BRANCH);
    scene.enrolOperator("op-2", new Area("branch-18"));
    scene.stage().startServer();
    scene.startDevices("branch-60", devices);
    Child other = scene.startDevices("apart", apart);
    Operator utility = scene.operator("op-1");
    Operator elsewhere = scene.operator("op-2");

    scene.note("The head of branch 60 may carry 400 kW. Its master IED says what it carries.");
    utility.does("shed load-76a");
    utility.answered("load-76a", "executed");
    carries(scene, utility, 295);
    utility.does("status branch-60");
    silent(scene, utility, other, apart);

    scene.note("The load rises to 100 %. Nobody has let the master IED do anything: it asks.");
    utility.does("restore load-76a");
    carries(scene, utility, 400);
    utility.told("branch-asks", "branch-60", SOON);
    scene.check(off(utility, "gen-2"), "gen-2 has not been started");

    relieved(scene, utility);
    undone(scene, utility);
    runsOut(scene, utility);
    scene.check(
        elsewhere.seen().stream().noneMatch(Event.Noticed.class::isInstance),
        "nobody elsewhere has been told of it");
  }

  private static void silent(Scene scene, Operator utility, Child other, List<DeviceSpec> apart)
      throws InterruptedException {
    scene.note("One of the loads is killed: its last word still counts, and as uncertain.");
    other.kill();
    scene.await(
        "75 kW are uncertain",
        SOON,
        () ->
            sum(utility)
                .filter(sum -> sum.load().uncertain().kilowatts().intValue() == 75)
                .filter(sum -> sum.contacts().silent() == 1)
                .isPresent());
    scene.check(
        sum(utility).orElseThrow().flow().intValue() == 295, "the branch still carries 295 kW");
    utility.does("status branch-60");
    scene.startDevices("apart", apart);
    scene.await(
        "all is certain again",
        SOON,
        () -> sum(utility).filter(sum -> sum.contacts().silent() == 0).isPresent());
  }

  private static void relieved(Scene scene, Operator utility) throws InterruptedException {
    scene.note("op-1 gives it a mandate: first the generator, then loads, up to 60 kW.");
    utility.does(
        "mandate branch-60 to start, shed, restore and stop up to 60 kW keeping 200 kW for 10 min");
    utility.told("mandate", "branch-60");
    utility.does("expect gen-2 on within 20 s");
    utility.does("expect load-62c off within 20 s");
    carries(scene, utility, 345);
    scene.check(on(utility, "load-76a"), "load-76a is on: 105 kW are more than the mandate is for");
    utility.told("branch-ended", "branch-60", SOON);
    String order = orderOf(utility, "shed load-62c");
    utility.ends("shed", "load-62c", "executed", SOON);
    utility.does("order " + order);
    utility.sees("shed, by branch-60@grid.example");
    utility.sees("of op-1: up to 60 kW in branch-60");
  }

  private static void undone(Scene scene, Operator utility) throws InterruptedException {
    scene.note("There is room again: what it did it undoes, the last first.");
    utility.does("shed load-76a");
    utility.does("expect load-62c on within 20 s");
    utility.does("expect gen-2 off within 20 s");
    carries(scene, utility, 295);
    utility.ends("stop", "gen-2", "executed", SOON);
  }

  private static void runsOut(Scene scene, Operator utility) throws InterruptedException {
    scene.note("A mandate of a few seconds replaces it and is over when the load rises again.");
    utility.does("mandate branch-60 to shed and restore up to 60 kW for 5 s");
    scene.await(
        "the mandate is over",
        SOON,
        () -> told(utility, "mandate").stream().filter(text -> over(scene, text)).count() == 1);
    utility.does("restore load-76a");
    scene.await(
        "it asks op-1, because the mandate ended",
        SOON,
        () -> told(utility, "branch-asks").stream().anyMatch(text -> text.contains(" ended at ")));
    scene.check(on(utility, "load-62c"), "load-62c is still on");
    scene.note("A person decides.");
    utility.does("shed load-62c");
    utility.answered("load-62c", "executed");
    carries(scene, utility, 360);
  }

  private static boolean over(Scene scene, String text) {
    String until = text.substring(text.lastIndexOf("until ") + "until ".length());
    return scene.now().isAfter(Instant.parse(until));
  }

  private static String orderOf(Operator utility, String words) {
    return told(utility, "branch-orders").stream()
        .filter(text -> text.contains(words))
        .map(ORDER::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> told(Operator person, String kind) {
    return person.seen().stream()
        .filter(Event.Noticed.class::isInstance)
        .map(Event.Noticed.class::cast)
        .filter(notice -> notice.kind().equals(kind))
        .map(Event.Noticed::text)
        .toList();
  }

  private static void carries(Scene scene, Operator person, int kilowatts)
      throws InterruptedException {
    scene.await(
        "branch-60 carries " + kilowatts + " kW",
        SOON,
        () -> sum(person).filter(sum -> sum.flow().intValue() == kilowatts).isPresent());
  }

  private static Optional<BranchSum> sum(Operator person) {
    return said(person, "branch-60").flatMap(DevicePresence::branch);
  }

  private static boolean off(Operator person, String device) {
    return said(person, device).filter(it -> it.operating() == Operating.OFF).isPresent();
  }

  private static boolean on(Operator person, String device) {
    return said(person, device).filter(it -> it.operating() == Operating.ON).isPresent();
  }

  private static Optional<DevicePresence> said(Operator person, String device) {
    return person.contact(device).flatMap(Contact::presence);
  }

  private static DeviceSpec master() {
    return new DeviceSpec(
            "branch-60",
            Set.of(BRANCH),
            Json.object()
                .put("type", "branch")
                .put("area", BRANCH.name())
                .put("ratingKw", 400)
                .put("onDelaySeconds", 1)
                .put("offDelaySeconds", 2),
            DeviceSpec.DEFAULT_LEASE)
        .controlling(BRANCH);
  }

  private static DeviceSpec load(String name, int kilowatts, String group) {
    DeviceSpec load = Cast.load(name, BRANCH, kilowatts);
    return new DeviceSpec(name, Set.of(BRANCH, new Area(group)), load.driver(), load.lease());
  }
}
