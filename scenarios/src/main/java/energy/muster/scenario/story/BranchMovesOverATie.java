// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The feeder of IEEE 123: what lies behind sw5 can be fed over the tie sw7 from branch 18. The
 * master IED of branch 60 moves it there and back, and a person who holds the tie keeps it from it.
 */
public final class BranchMovesOverATie implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Area BEHIND_SW5 = new Area("branch-197");
  private static final Duration SOON = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "branch-moves-over-a-tie";
  }

  @Override
  public String about() {
    return "A part of a branch moves to the next feeder and back; nobody there loses power.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    List<DeviceSpec> devices =
        List.of(
            Cast.load("load-62c", BRANCH, 100),
            Cast.load("load-76a", BRANCH, 105),
            behind("load-104c", 120),
            behind("load-109a", 60),
            breaker("sw7", new Area("branch-18"), Position.OPEN));
    List<DeviceSpec> section = List.of(breaker("sw5", BEHIND_SW5, Position.CLOSED));
    List<DeviceSpec> head = List.of(master(scene));
    scene.stage().enrol(devices);
    scene.stage().enrol(section);
    scene.stage().enrol(head);
    scene.enrolOperator("op-1", BRANCH);
    scene.stage().startServer();
    scene.startDevices("feeder", devices);
    Child sectionProcess = scene.startDevices("section", section);
    Child master = scene.startDevices("head", head);
    Operator utility = scene.operator("op-1");

    scene.note("The head of branch 60 may carry 400 kW and carries 280 kW.");
    utility.does("shed load-76a");
    utility.answered("load-76a", "executed");
    carries(scene, utility, 280);

    scene.note("op-1 lets its master IED move parts of it; then the load rises to 96 %.");
    utility.does("mandate branch-60 to transfer up to 200 kW for 10 min");
    utility.told("mandate", "branch-60");
    utility.does("restore load-76a");
    carries(scene, utility, 205);
    stand(scene, utility, Position.OPEN, Position.CLOSED);
    scene.await(
        "it says that all is moved", SOON, () -> told(utility, "branch-ended", "open sw5: "));
    powered(scene, utility);

    scene.note("The master IED is killed and forgets nothing: with room again it takes it back.");
    master.kill();
    master = scene.startDevices("head", head);
    utility.does("shed load-62c");
    utility.answered("load-62c", "executed");
    carries(scene, utility, 285);
    stand(scene, utility, Position.CLOSED, Position.OPEN);
    powered(scene, utility);

    scene.note("A person has the tie in hand: the master IED moves nothing and asks.");
    utility.does("select sw7 to close");
    String selection = utility.newestOrder();
    utility.does("restore load-62c");
    scene.await("it says who has the tie", SOON, () -> told(utility, "branch-ended", "by op-1"));
    scene.await(
        "it asks a person", SOON, () -> told(utility, "branch-asks", "leaves nothing more to do"));
    stand(scene, utility, Position.CLOSED, Position.OPEN);

    scene.note("Killed with the tie closed and sw5 frozen, it tells which switches to look at.");
    utility.does("cancel " + selection);
    sectionProcess.freeze();
    utility.does("mandate branch-60 to transfer up to 200 kW for 10 min");
    scene.await("sw7 is closed", SOON, () -> stands(utility, "sw7", Position.CLOSED));
    master.kill();
    scene.startDevices("head", head);
    scene.await(
        "it asks a person to look at both",
        SOON,
        () -> told(utility, "branch-asks", "it is not certain how sw7 and sw5 stand"));
    sectionProcess.thaw();
    stand(scene, utility, Position.CLOSED, Position.CLOSED);
  }

  private static boolean told(Operator person, String kind, String words) {
    return person.seen().stream()
        .filter(Event.Noticed.class::isInstance)
        .map(Event.Noticed.class::cast)
        .anyMatch(notice -> notice.kind().equals(kind) && notice.text().contains(words));
  }

  private static void carries(Scene scene, Operator person, int kilowatts)
      throws InterruptedException {
    scene.await(
        "branch-60 carries " + kilowatts + " kW",
        SOON,
        () ->
            said(person, "branch-60")
                .flatMap(DevicePresence::branch)
                .filter(sum -> sum.flow().intValue() == kilowatts)
                .isPresent());
  }

  private static void stand(Scene scene, Operator person, Position section, Position tie)
      throws InterruptedException {
    scene.await(
        "sw5 is " + section.wire() + ", sw7 is " + tie.wire(),
        SOON,
        () -> stands(person, "sw5", section) && stands(person, "sw7", tie));
  }

  private static boolean stands(Operator person, String device, Position position) {
    return said(person, device)
        .flatMap(DevicePresence::position)
        .filter(position::equals)
        .isPresent();
  }

  private static void powered(Scene scene, Operator person) {
    for (String load : List.of("load-104c", "load-109a")) {
      scene.check(
          said(person, load).filter(it -> it.operating() == Operating.ON).isPresent(),
          load + " is on");
    }
  }

  private static Optional<DevicePresence> said(Operator person, String device) {
    return person.contact(device).flatMap(Contact::presence);
  }

  private static DeviceSpec master(Scene scene) {
    ObjectNode driver =
        Json.object()
            .put("type", "branch")
            .put("area", BRANCH.name())
            .put("ratingKw", 400)
            .put("onDelaySeconds", 1)
            .put("offDelaySeconds", 2);
    driver
        .putArray("transfers")
        .addObject()
        .put("tie", scene.stage().folder().jid("sw7").toString())
        .put("section", scene.stage().folder().jid("sw5").toString())
        .put("area", BEHIND_SW5.name())
        .put("mostKw", 250);
    return new DeviceSpec("branch-60", Set.of(BRANCH), driver, DeviceSpec.DEFAULT_LEASE)
        .controlling(BRANCH);
  }

  private static DeviceSpec behind(String name, int kilowatts) {
    return within(Cast.load(name, BRANCH, kilowatts), BEHIND_SW5);
  }

  private static DeviceSpec breaker(String name, Area other, Position position) {
    DeviceSpec closed = Cast.breaker(name, BRANCH);
    return within(
        new DeviceSpec(
            name, closed.areas(), closed.driver().put("position", position.wire()), closed.lease()),
        other);
  }

  private static DeviceSpec within(DeviceSpec device, Area other) {
    return new DeviceSpec(device.name(), Set.of(BRANCH, other), device.driver(), device.lease());
  }
}
