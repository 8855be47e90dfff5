// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/** A generator is taken out of use, and comes back by who may bring it back, or by itself. */
public final class OutOfUse implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "out-of-use";
  }

  @Override
  public String about() {
    return "A device that a person took out of use stays so until they, a named role or its time lift it.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> devices = List.of(Cast.generator("gen-2", branch, 400, 1));
    devices.forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", branch);
    scene.stage().person("eng-1", Role.ENGINEER, branch);
    scene.stage().startServer();
    Child gateway = scene.startDevices("branch-60", devices);
    Operator op1 = scene.operator("op-1");
    Operator op2 = scene.operator("op-2");
    op1.does("expect gen-2 off within 20 s");

    scene.note("op-1 works on gen-2; everybody sees who and why, and nobody else starts it.");
    op1.does("restrict gen-2 maintenance for 2 h because \"new contacts\"");
    op2.does("expect gen-2 restricted within 10 s");
    op2.does("status gen-2");
    op2.sees("set by op-1");
    op2.refused("start gen-2", "local-control");
    op2.refused("release gen-2", "not-authorised");

    scene.note("The device's process dies and comes back: it is still out of use.");
    gateway.terminate();
    scene.startDevices("branch-60", devices);
    op2.does("expect gen-2 restricted within 20 s");
    op2.refused("start gen-2", "local-control");

    scene.note("An engineer may lift what op-1 set.");
    Operator engineer = scene.operator("eng-1");
    engineer.does("release gen-2");
    op2.does("start gen-2");
    op2.does("expect gen-2 on within 20 s");
    op2.does("stop gen-2");
    op2.does("expect gen-2 off within 20 s");

    scene.note("One with an end is lifted by the device itself, which says so.");
    op1.does("restrict gen-2 maintenance for 5 s");
    op2.does("expect gen-2 restricted within 10 s");
    scene.await(
        "gen-2 is available again by itself",
        WITHIN,
        () ->
            op2.contact("gen-2")
                .flatMap(Contact::presence)
                .flatMap(DevicePresence::restriction)
                .isEmpty());
    op2.does("read gen-2");
    op2.sees("maintenance ended at");
    op2.does("start gen-2");
  }
}
