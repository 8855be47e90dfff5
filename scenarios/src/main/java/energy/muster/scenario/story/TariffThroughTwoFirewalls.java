// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Access;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Network;
import energy.muster.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A supplier and the meters behind a packet filter each, that lets nothing in and out to HTTPS
 * alone: the tariff gets through both, also to a meter that only calls in.
 */
public final class TariffThroughTwoFirewalls implements Story {
  private static final int ATTEMPT_SECONDS = 3;
  private static final Duration CONSOLE_WITHIN = Duration.ofSeconds(90);
  private static final Duration CALLS = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "tariff-through-two-firewalls";
  }

  @Override
  public String about() {
    return "A tariff from behind one packet filter to meters behind another, each open to HTTPS out alone.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Firewalls walls = Firewalls.around(scene);
    Area branch = new Area("branch-60");
    DeviceSpec meter = Cast.meter("meter-1", branch);
    DeviceSpec caller = Cast.meter("meter-2", branch).callingEvery(CALLS);
    List.of(meter, caller).forEach(scene.stage()::enrol);
    BareJid supplier = scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    Stage stage = walls.startServer(scene);

    scene.note("Both filters are laid: nothing in, and out to HTTPS alone.");
    Network.Host field = walls.field();
    Network.Host office = walls.office();
    field.filter(Firewalls.only(Firewalls.HTTPS));
    office.filter(Firewalls.only(Firewalls.HTTPS));
    scene.check(
        !office.reaches(Firewalls.HUB_OF_OFFICE, Firewalls.XMPP, ATTEMPT_SECONDS)
            && office.counted("refused") > 0,
        "the supplier's attempt on another port fails, and the filter has counted it");
    scene.check(
        !walls.hub().reaches(Firewalls.FIELD, Firewalls.HTTPS, ATTEMPT_SECONDS)
            && field.counted("uninvited") > 0,
        "nobody reaches the meters from outside, and the filter has counted it");
    stage.inside(field.prefix());
    stage.access(Access.bosh(Firewalls.HTTPS).at(Firewalls.HUB_OF_FIELD));
    scene.startDevices("field", List.of(meter));
    scene.startDevices("caller", List.of(caller));

    scene.note("The tariff reaches both meters; the one that calls in answers in its contact.");
    Path tariff = new OnePrice(stage.folder().data(), "northco").write(1, "0.2724");
    stage.inside(office.prefix());
    stage.access(Access.bosh(Firewalls.HTTPS).at(Firewalls.HUB_OF_OFFICE));
    Child console =
        stage.startConsole(
            supplier,
            List.of(
                "expect meter-1 available within 60 s",
                "publish tariff " + tariff + " to meter-1 and meter-2",
                "expect executed within 60 s",
                "who has tariff northco/home",
                "price now"));
    scene.checkEqual(0, console.ended(CONSOLE_WITHIN), "exit status of the supplier's console");
    scene.check(
        console.events().stream()
            .anyMatch(
                event ->
                    event.path("event").asText().equals("receipts-shown")
                        && event.path("counts").path("has").asInt() == 2),
        "both meters have it");
  }
}
