// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.scenario.Scene;
import energy.muster.stage.Cable;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * What a missing guard would let happen, made to happen: the moment at which it would have helped.
 */
final class Sabotage {
  private static final String DEVICE = Fleet.STALLED;
  private static final Duration GOOD_FOR = Duration.ofSeconds(40);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Scene scene;
  private final Fleet fleet;
  private final Issuer issuer;

  Sabotage(Scene scene, Fleet fleet, Issuer issuer) {
    this.scene = scene;
    this.fleet = fleet;
    this.issuer = issuer;
  }

  void play(Control control) throws IOException, InterruptedException {
    Station station = fleet.station(DEVICE);
    switch (control) {
      case FORGETFUL_DEVICE -> {
        // It acts, nobody hears of it, it dies and forgets: then the order comes again.
        station.cable().hold(EnumSet.of(Cable.Way.TO_SERVER));
        Issuer.Placed order = issuer.order(shed());
        scene.await("it acts", SOON, () -> station.acted(order.id()));
        station.kill();
        station.cable().drop();
        ForgetfulJournal.wipe(station.journal());
      }
      case LOST_JOURNAL -> {
        station.kill();
        station.loseJournal();
      }
      case LATE_COMMIT -> {
        // Accepted, and the server dies before a second has passed.
        var told = issuer.order(shed()).told();
        scene.await("it is carried out", SOON, told::isDone);
        fleet.killServer();
      }
    }
    fleet.heal();
    scene.await("all are back", SOON, () -> issuer.proven() && fleet.proven(), fleet::absent);
  }

  private static Order shed() {
    return Order.plain(Instruction.plain(Verb.SHED), List.of(DEVICE), GOOD_FOR);
  }
}
