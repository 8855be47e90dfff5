// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

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
  private static final String UNSIGNED =
      "<json xmlns='urn:xmpp:json:0'>{\"verb\":\"shed\",\"device\":\"load-48\"}</json>";
  private static final List<Query> QUERIES =
      List.of(
          new Query("query", "http://jabber.org/protocol/disco#info"),
          new Query("query", "http://jabber.org/protocol/disco#items"),
          new Query("ping", "urn:xmpp:ping"),
          new Query("query", "jabber:iq:last"),
          new Query("query", "jabber:iq:version"),
          new Query("vCard", "vcard-temp"));

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
    scene.startDevices("branch-60", devices);
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
    scene.checkEqual(
        visitor.contact("gen-9").entry(), visitor.contact(DEVICE).entry(), "gen-2 in the roster");
    scene.check(!visitor.contact(DEVICE).available(), "no presence of gen-2");
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
        () -> visitor.contact(DEVICE).available() && status(visitor).startsWith("OFF, ready"),
        () -> visitor.contact(DEVICE).toString());
    scene.transcript().line("visitor sees gen-2: " + status(visitor));
    scene.checkEqual("to", visitor.contact(DEVICE).entry(), "gen-2 in the roster");
    onlyOf(scene, visitor.heard(QUIET), DEVICE);

    utility.does("start gen-2");
    utility.does("expect gen-2 on within 20 s");
    scene.await("the visitor sees gen-2 on", SHOWN_WITHIN, () -> status(visitor).startsWith("ON"));
    List<PlainClient.Seen> seen = onlyOf(scene, visitor.heard(QUIET), DEVICE);
    seen.forEach(
        one -> scene.transcript().line("visitor sees gen-2: " + one.show() + ": " + one.status()));
    scene.checkEqual("dnd", seen.get(0).show(), "gen-2's show while it starts");
    scene.transcript().line("  " + seen.get(0).xml());
    scene.check(
        seen.get(0).xml().contains("xmlns='http://jabber.org/protocol/caps'"),
        "its presence says what kind of contact it is (XEP-0115)");
    PlainClient.Seen kind =
        visitor.asks(DEVICE, "get", "query", "http://jabber.org/protocol/disco#info", "");
    scene.transcript().line("  " + kind.xml());
    scene.check(kind.xml().contains("type='device-node'"), "asked, it says that it is a device");
    scene.checkEqual("available", seen.get(seen.size() - 1).show(), "gen-2's show then");

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
    PlainClient.Seen submitted = orders(visitor, Wire.SUBMIT, SERVICE);
    scene.checkEqual("error", submitted.type(), "the answer to an unsigned submit");
    scene.transcript().line("  " + submitted.xml());
    scene.check(
        submitted.xml().contains("<refused xmlns='" + Wire.REFUSED.namespace() + "'"),
        "it is a typed refusal");
    for (String contact : List.of(DEVICE, LOAD)) {
      scene.checkEqual(
          "error",
          orders(visitor, Wire.DELIVER, contact).type(),
          "the answer to an unsigned deliver to " + contact);
    }
    scene.check(
        visitor.heard(QUIET).stream()
            .filter(PlainClient.Seen::presence)
            .allMatch(shown -> shown.available() && shown.status().startsWith("ON")),
        "nothing changes");
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
    scene.await("the visitor sees load-48", SHOWN_WITHIN, () -> visitor.contact(LOAD).available());
    scene.await(
        "load-48 is gone when the grant lapses",
        LAPSE.plus(SHOWN_WITHIN),
        () -> !visitor.contact(LOAD).available(),
        () -> visitor.contact(LOAD).toString());
    visitor.heard(QUIET);
    scene.checkEqual("none", visitor.contact(LOAD).entry(), "load-48 in the roster");
    scene.checkEqual("to", visitor.contact(DEVICE).entry(), "gen-2 in the roster");
    visitor.chat("after", LOAD, "status");
    visitor.chat("after", "load-9", "status");
    List<String> answers =
        visitor.heard(QUIET).stream()
            .filter(stanza -> stanza.id().equals("after"))
            .map(stanza -> stanza.xml().replace(LOAD, "NAME").replace("load-9", "NAME"))
            .toList();
    scene.check(
        answers.size() == 2 && answers.get(0).equals(answers.get(1)),
        "load-48 is again as a made-up name in chat");
    utility.does("shed load-48 for 30 min");
    utility.does("expect load-48 off");
    scene.check(
        visitor.heard(QUIET).stream().noneMatch(LookOnly::ofLoad),
        "what load-48 does now is not shown");
    scene.check(visitor.contact(DEVICE).available(), "gen-2 is still shown");
  }

  /** All that comes back when a stranger tries a name in every way a chat client has. */
  private static List<String> echo(PlainClient visitor, String contact) {
    String bare = PlainClient.jid(contact);
    String full = bare + "/any";
    visitor.subscribes(contact);
    visitor.presence("probe-probe", bare, "probe");
    visitor.presence("probe-available", bare, "available");
    visitor.presence("probe-available-full", full, "available");
    visitor.presence("probe-unavailable-full", full, "unavailable");
    visitor.chat("probe-chat", bare, "status");
    visitor.chat("probe-chat-full", full, "status");
    for (String to : List.of(bare, full)) {
      String id = to.equals(bare) ? "probe-bare-" : "probe-full-";
      for (Query query : QUERIES) {
        visitor.request(id + query.namespace(), to, "get", query.element(), query.namespace(), "");
      }
      visitor.request(
          id + "deliver", to, "set", Wire.DELIVER.element(), Wire.DELIVER.namespace(), UNSIGNED);
    }
    return visitor.heard(QUIET).stream()
        .map(
            stanza ->
                stanza
                    .xml()
                    .replace(contact, "NAME")
                    // The server's own have random ids.
                    .replaceAll("( id=')(?!probe|subscribe)[^']*", "$1any"))
        .sorted()
        .toList();
  }

  private static PlainClient.Seen orders(PlainClient visitor, Wire wire, String to) {
    return visitor.asks(to, "set", wire.element(), wire.namespace(), UNSIGNED);
  }

  /** The presence of contacts; all must be of this device, in words that any client shows. */
  private static List<PlainClient.Seen> onlyOf(
      Scene scene, List<PlainClient.Seen> heard, String device) {
    List<PlainClient.Seen> seen =
        heard.stream()
            .filter(PlainClient.Seen::available)
            .filter(presence -> !bare(presence.from()).equals(bare(presence.to())))
            .toList();
    scene.check(
        !seen.isEmpty()
            && seen.stream()
                .allMatch(
                    presence ->
                        presence.from().equals(PlainClient.jid(device))
                            && presence.extensions() == 1),
        "only " + device + " is shown, as show, status and kind alone");
    return seen;
  }

  private static boolean ofLoad(PlainClient.Seen stanza) {
    return bare(stanza.from()).equals(PlainClient.jid(LOAD));
  }

  private static String bare(String jid) {
    return jid.split("/", 2)[0];
  }

  private record Query(String element, String namespace) {}

  private static String status(PlainClient visitor) {
    return visitor.contact(DEVICE).status();
  }
}
