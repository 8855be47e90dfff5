// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.command.Command;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any XMPP client reads what energy costs on the supplier's node, hears of what is new, and checks
 * the signature if it wants to; it changes nothing there. What a killed server loses of the node is
 * laid out again.
 */
public final class TariffOnANode implements Story {
  private static final String NODE = "tariffs/northco";
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Pattern SEALED = Pattern.compile("<sealed[^>]*>([^<]+)</sealed>");

  @Override
  public String name() {
    return "tariff-on-a-node";
  }

  @Override
  public String about() {
    return "A tariff on a pubsub node that any client subscribes to, over a killed server; nobody else writes there.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec meter = Cast.meter("meter-1", branch);
    scene.stage().enrol(meter);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    scene.stage().visitor("visitor");
    scene.stage().startServer();
    scene.startDevices("meters", List.of(meter));
    Operator supplier = scene.operator("tariffs.northco");
    supplier.does("expect 1 meter that is available");
    PlainClient visitor = scene.visitor("visitor");
    OnePrice home = new OnePrice(scene.stage().folder().data(), "northco");
    supplier.does("publish tariff " + home.write(1, "0.2724"));

    scene.note("The visitor's client finds the node, reads it and subscribes.");
    visitor.awaitItems(NODE, 1, WITHIN);
    scene.checkEqual("", visitor.pubsub("subscribe", NODE).error(), "error of subscribing");
    supplier.does("publish tariff " + home.write(2, "0.2891"));
    StringBuilder heard = new StringBuilder();
    scene.await(
        "the visitor hears of version 2",
        WITHIN,
        () -> {
          visitor.heard(QUIET).forEach(seen -> heard.append(seen.xml()));
          return heard.indexOf("northco/home version 2") >= 0;
        });
    signedBy(scene, heard.toString());

    scene.note("It cannot write there, make nodes, or read what is not for it.");
    scene.checkEqual("forbidden", visitor.pubsub("publish", NODE).error(), "error of publishing");
    scene.checkEqual("forbidden", visitor.pubsub("create", "mine").error(), "error of making one");
    scene.checkEqual(
        "forbidden", visitor.pubsub("subscribe", "changes/tariffs").error(), "error of copying");

    scene.note("The server is killed right after a third version was published.");
    supplier.does("publish tariff " + home.write(3, "0.2950"));
    scene.stage().server().kill();
    visitor.close();
    scene.stage().startServer();
    PlainClient again = scene.visitor("visitor");
    again.awaitItems(NODE, 3, WITHIN);
  }

  /** Whoever has the utility's certificate checks it without any server. */
  private static void signedBy(Scene scene, String xml) {
    Matcher sealed = SEALED.matcher(xml);
    if (!sealed.find()) {
      throw new StoryFailure("nothing sealed is in what was heard");
    }
    Trust trust = Trust.of(scene.stage().folder().pki().authority().certificate());
    Opened opened = trust.open(Sealed.ofBase64(sealed.group(1)), scene.now());
    Command command = Command.read(opened.content());
    scene.checkEqual(
        "tariffs.northco", opened.soleSigner().jid().local(), "the signer of " + command.id());
  }
}
