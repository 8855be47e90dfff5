// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.RawRequest;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** Any chat client sees a device where it was allowed to, and cannot act. */
public final class LookOnly implements Story {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);
  private static final Duration LAPSE = Duration.ofSeconds(8);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private static final String DEVICE = "gen-2";
  private static final String LOAD = "load-48";
  private static final String SERVICE = "muster.grid.example";
  private static final String NOTHING_ACTS = "Nothing said here acts";

  @Override
  public String name() {
    return "look-only";
  }

  @Override
  public String about() {
    return "A plain chat client sees nothing, then what it was granted to see, and never acts.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> devices =
        List.of(Cast.generator(DEVICE, branch, 400, 2), Cast.load(LOAD, branch, 20));
    devices.forEach(scene.stage()::enrol);
    scene.enrolOperator("op-1", branch);
    scene.stage().visitor("visitor");
    scene.stage().startServer();
    scene.stage().startDevices("branch-60", devices);
    Operator utility = scene.operator("op-1");
    utility.does("expect gen-2 off");

    PlainClient visitor = scene.visitor("visitor");
    seesNothing(scene, visitor);
    seesWhatWasGranted(scene, utility, visitor);
    cannotAct(scene, utility, visitor);
    findsItAgain(scene, utility, visitor);
  }

  private static void seesNothing(Scene scene, PlainClient visitor) throws Exception {
    scene.note("Without a grant, a device is answered for exactly as a name that does not exist.");
    visitor.heard(QUIET);
    List<String> nobody = echo(visitor, "gen-9");
    List<String> device = echo(visitor, DEVICE);
    if (!nobody.equals(device)) {
      device.forEach(scene.transcript()::line);
    }
    scene.check(
        nobody.equals(device), nobody.size() + " answers for gen-2 are those for a made-up name");
    scene.check(!nobody.isEmpty(), "something comes back");
    scene.checkEqual(visitor.entry("gen-9"), visitor.entry(DEVICE), "gen-2 in the roster");
    scene.check(!visitor.presence(DEVICE).isAvailable(), "no presence of gen-2");
  }

  private static void seesWhatWasGranted(Scene scene, Operator utility, PlainClient visitor)
      throws Exception {
    String until =
        CLOCK.format(scene.now().plus(Duration.ofHours(2)).atZone(ZoneId.systemDefault()));
    scene.note("The utility lets the visitor look at gen-2; the visitor has it as a contact.");
    utility.does("let visitor look at gen-2 until " + until);
    visitor.subscribes(DEVICE);
    scene.await(
        "the visitor sees gen-2 off",
        SHOWN_WITHIN,
        () -> visitor.presence(DEVICE).isAvailable() && status(visitor).startsWith("OFF, ready"),
        () -> visitor.presence(DEVICE).toString());
    scene.transcript().line("visitor sees gen-2: " + status(visitor));
    scene.checkEqual("to", visitor.entry(DEVICE), "gen-2 in the roster");
    onlyOf(scene, visitor.heard(QUIET), DEVICE);

    utility.does("start gen-2");
    utility.does("expect gen-2 on within 20 s");
    scene.await("the visitor sees gen-2 on", SHOWN_WITHIN, () -> status(visitor).startsWith("ON"));
    List<Presence> seen = onlyOf(scene, visitor.heard(QUIET), DEVICE);
    seen.forEach(
        one ->
            scene
                .transcript()
                .line("visitor sees gen-2: " + one.getMode() + ": " + one.getStatus()));
    scene.checkEqual(Presence.Mode.dnd, seen.get(0).getMode(), "gen-2's show while it starts");
    scene.checkEqual(
        Presence.Mode.available, seen.get(seen.size() - 1).getMode(), "gen-2's show then");

    scene.note("It asks in chat and gets words.");
    scene.check(visitor.chats(DEVICE, "status").startsWith("gen-2: ON"), "gen-2 tells");
    scene.check(
        visitor.chats(SERVICE, "status gen-2").startsWith("gen-2: ON"), "the service tells");
    String hidden = visitor.chats(SERVICE, "status load-48");
    scene.checkEqual(
        hidden.replace(LOAD, "load-9"),
        visitor.chats(SERVICE, "status load-9"),
        "the service's words on a load that is not there");
  }

  private static void cannotAct(Scene scene, Operator utility, PlainClient visitor)
      throws Exception {
    scene.note("It cannot act, in words or in stanzas.");
    for (String contact : List.of(DEVICE, SERVICE)) {
      for (String line : List.of("stop gen-2", "shed load-48")) {
        scene.check(visitor.chats(contact, line).startsWith(NOTHING_ACTS), "that acts on nothing");
      }
    }
    IQ submitted = visitor.asks(order(Wire.SUBMIT, PlainClient.jid(SERVICE)));
    scene.checkEqual(IQ.Type.error, submitted.getType(), "the answer to an unsigned submit");
    scene.transcript().line("  " + submitted.getError().toXML());
    scene.check(
        submitted.getError().getExtension(Wire.REFUSED.element(), Wire.REFUSED.namespace()) != null,
        "it is a typed refusal");
    for (String contact : List.of(DEVICE, LOAD)) {
      IQ delivered = visitor.asks(order(Wire.DELIVER, PlainClient.jid(contact)));
      scene.checkEqual(IQ.Type.error, delivered.getType(), "an unsigned deliver to " + contact);
    }
    scene.check(visitor.heard(QUIET).stream().noneMatch(Presence.class::isInstance), "no change");
    utility.does("expect gen-2 on");
    utility.does("expect load-48 on");
    scene.checkEqual(List.of("start gen-2"), utility.ordered(), "the journal's orders");
  }

  private static void findsItAgain(Scene scene, Operator utility, PlainClient first)
      throws Exception {
    scene.note("It logs in again: gen-2 is there without being asked for. Then a grant lapses.");
    first.close();
    PlainClient visitor = scene.visitor("visitor");
    scene.await("the visitor sees gen-2 on", SHOWN_WITHIN, () -> status(visitor).startsWith("ON"));
    onlyOf(scene, visitor.heard(QUIET), DEVICE);

    utility.does("let visitor look at load-48 for " + LAPSE.toSeconds() + " s");
    visitor.subscribes(LOAD);
    scene.await(
        "the visitor sees load-48", SHOWN_WITHIN, () -> visitor.presence(LOAD).isAvailable());
    scene.await(
        "load-48 is gone when the grant lapses",
        LAPSE.plus(SHOWN_WITHIN),
        () -> !visitor.presence(LOAD).isAvailable(),
        () -> visitor.presence(LOAD).toString());
    visitor.heard(QUIET);
    visitor.send(PlainClient.chat(LOAD, "status"));
    scene.check(
        visitor.heard(QUIET).isEmpty(), "load-48 is as silent in chat as a made-up name was");
    utility.does("shed load-48 for 30 min");
    utility.does("expect load-48 off");
    scene.check(
        visitor.heard(QUIET).stream()
            .filter(Presence.class::isInstance)
            .noneMatch(shown -> shown.getFrom().asBareJid().equals(PlainClient.jid(LOAD))),
        "what load-48 does now is not shown");
    scene.check(visitor.presence(DEVICE).isAvailable(), "gen-2 is still shown");
  }

  /** All that comes back when a stranger tries a name in every way a chat client has. */
  private static List<String> echo(PlainClient visitor, String contact)
      throws SmackException, InterruptedException, IOException {
    Jid bare = PlainClient.jid(contact);
    Jid full = JidCreate.fullFrom(bare.asEntityBareJidIfPossible(), Resourcepart.from("any"));
    List<Stanza> probes = new ArrayList<>();
    probes.add(StanzaBuilder.buildPresence().to(bare).ofType(Presence.Type.probe).build());
    probes.add(StanzaBuilder.buildPresence().to(bare).build());
    probes.add(StanzaBuilder.buildPresence().to(full).build());
    probes.add(StanzaBuilder.buildPresence().to(full).ofType(Presence.Type.unavailable).build());
    probes.add(PlainClient.chat(contact, "status"));
    for (Jid to : List.of(bare, full)) {
      probes.add(query(to, "query", "http://jabber.org/protocol/disco#info"));
      probes.add(query(to, "query", "http://jabber.org/protocol/disco#items"));
      probes.add(query(to, "ping", "urn:xmpp:ping"));
      probes.add(query(to, "query", "jabber:iq:last"));
      probes.add(query(to, "query", "jabber:iq:version"));
      probes.add(query(to, "vCard", "vcard-temp"));
      probes.add(order(Wire.DELIVER, to));
    }
    visitor.subscribes(contact);
    for (int next = 0; next < probes.size(); next++) {
      probes.get(next).setStanzaId("probe-" + next);
      visitor.send(probes.get(next));
    }
    return visitor.heard(QUIET).stream()
        .map(
            stanza ->
                stanza
                    .toXML()
                    .toString()
                    .replace(contact, "NAME")
                    // The server's own pushes have random ids.
                    .replaceAll("( id=')(?!probe)[^']*", "$1any"))
        .sorted()
        .toList();
  }

  private static IQ query(Jid to, String element, String namespace) {
    return new RawRequest(IQ.Type.get, to, element, namespace, "");
  }

  private static IQ order(Wire wire, Jid to) {
    return new RawRequest(
        IQ.Type.set,
        to,
        wire.element(),
        wire.namespace(),
        "<json xmlns='urn:xmpp:json:0'>{\"verb\":\"shed\",\"device\":\"load-48\"}</json>");
  }

  private static List<Presence> onlyOf(Scene scene, List<Stanza> heard, String device) {
    List<Presence> seen =
        heard.stream()
            .filter(Presence.class::isInstance)
            .map(Presence.class::cast)
            .filter(presence -> !presence.getFrom().equals(presence.getTo()))
            .filter(Presence::isAvailable)
            .toList();
    scene.check(
        !seen.isEmpty()
            && seen.stream()
                .allMatch(
                    presence ->
                        presence.getFrom().equals(PlainClient.jid(device))
                            && presence.getExtensions().isEmpty()),
        "only " + device + " is shown, as show and status alone");
    return seen;
  }

  private static String status(PlainClient visitor) {
    return Objects.requireNonNullElse(visitor.presence(DEVICE).getStatus(), "");
  }
}
