// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/** A device that only calls in gets what waits for it, answers, and leaves again. */
public final class PollingDevice implements Story {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration WITHIN = Duration.ofSeconds(40);

  @Override
  public String name() {
    return "polling-device";
  }

  @Override
  public String about() {
    return "A device that only calls in every 10 s is ordered like any other.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec caller = Cast.load("load-60a", branch, 20).callingEvery(EVERY);
    scene.stage().enrol(caller);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    scene.startDevices("caller", List.of(caller));
    Operator utility = scene.operator("op-1");

    scene.note("It has taken its leave, and said when it will be back.");
    scene.await("load-60a is expected at a known time", WITHIN, () -> expected(utility));
    utility.does("status load-60a");

    scene.note("An order is held until then, carried out in the same contact, and answered.");
    utility.says("shed load-60a deliver within 2 min");
    utility.awaitAnswer("load-60a", "executed", WITHIN);
    scene.await("load-60a has left again", WITHIN, () -> expected(utility));
    scene.check(
        utility.contact("load-60a").filter(Contact::fault).isEmpty(), "it never was a fault");
  }

  private static boolean expected(Operator utility) {
    return utility
        .contact("load-60a")
        .filter(contact -> contact.certainty() == Certainty.PREDICTED)
        .flatMap(Contact::absence)
        .flatMap(Contact.Absence::next)
        .isPresent();
  }
}
