// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is ordered and answered in an area is seen by its people, and what they say is only said.
 */
public final class AreaRoom implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final String ROOMS = "rooms." + Stage.DOMAIN;
  private static final String ROOM = "branch-60";
  private static final String NO_ROOM = "branch-99";

  /** Whatever one can ask of a room, named {@code %1$s}, under the name {@code %2$s}. */
  private static final List<String> ASKED =
      List.of(
          "<presence id='q' to='%1$s/%2$s'><x xmlns='http://jabber.org/protocol/muc'/></presence>",
          "<message id='q' type='groupchat' to='%1$s'><body>shed load-60a</body></message>",
          "<message id='q' type='groupchat' to='%1$s'><subject>ours</subject></message>",
          "<message id='q' type='chat' to='%1$s/op-1'><body>hello</body></message>",
          "<iq id='q' type='get' to='%1$s'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
          "<iq id='q' type='get' to='%1$s'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
          "<iq id='q' type='get' to='%1$s/%2$s'><ping xmlns='urn:xmpp:ping'/></iq>",
          "<iq id='q' type='get' to='%1$s'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>");

  @Override
  public String name() {
    return "area-room";
  }

  @Override
  public String about() {
    return "An area's room shows its people what is ordered and answered; nothing said there acts.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area(ROOM);
    Area other = new Area("branch-13");
    List<DeviceSpec> loads =
        List.of(Cast.load("load-60a", branch, 20), Cast.load("load-9", other, 20));
    scene.stage().enrol(loads);
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", branch);
    scene.enrolOperator("op-3", other);
    scene.stage().startServer();
    scene.startDevices("loads", loads);
    Operator op1 = scene.operator("op-1");
    PlainClient phone = scene.visitor("op-2");

    scene.note("op-2's password alone opens no room: the answers are those for a made-up one.");
    knowsOfNone(scene, phone, "op-2");
    Operator op2 = scene.operator("op-2");
    op1.does("join branch-60");
    op2.does("join branch-60");
    scene.note("Beside the console that proved op-2's key, the chat client is let in.");
    enters(scene, phone);
    op1.hearsInRoom(ROOM, "op-2 is here with a chat client as well", WITHIN);

    shows(scene, op1, op2, phone);
    actsOnNothing(scene, op1, op2, phone);
    isHidden(scene);
    endsWithTheConsole(scene, op2, phone);
  }

  private static void enters(Scene scene, PlainClient phone) throws Exception {
    phone.raw("in", asked(ASKED.get(0), ROOM, "op-2"));
    hears(scene, phone, "finds itself in the room", seen -> self(seen) && seen.available());
  }

  private static boolean self(PlainClient.Seen seen) {
    return seen.presence() && seen.from().equals(ROOM + "@" + ROOMS + "/op-2");
  }

  private static void hears(
      Scene scene, PlainClient client, String what, Predicate<PlainClient.Seen> which)
      throws InterruptedException {
    hears(scene, client, what, List.of(which));
  }

  private static void hears(
      Scene scene, PlainClient client, String what, List<Predicate<PlainClient.Seen>> which)
      throws InterruptedException {
    List<PlainClient.Seen> heard = new ArrayList<>();
    scene.await(
        "the chat client " + what,
        WITHIN,
        () -> {
          heard.addAll(client.heard(QUIET));
          return which.stream().allMatch(each -> heard.stream().anyMatch(each));
        });
  }

  private static Predicate<PlainClient.Seen> line(String from, String words) {
    return seen -> seen.from().equals(from) && seen.body().contains(words);
  }

  private static void shows(Scene scene, Operator op1, Operator op2, PlainClient phone)
      throws Exception {
    scene.note("An order and its answer are seen by both, with whatever client.");
    op1.does("shed load-60a for 10 min");
    op2.hearsInRoom(ROOM, "op-1: shed load-60a", WITHIN);
    op2.hearsInRoom(ROOM, "load-60a: executed", WITHIN);
    String room = ROOM + "@" + ROOMS;
    hears(
        scene,
        phone,
        "is shown the order and its answer by the room itself",
        List.of(line(room, "op-1: shed load-60a"), line(room, "load-60a: executed")));
  }

  private static void actsOnNothing(Scene scene, Operator op1, Operator op2, PlainClient phone)
      throws Exception {
    scene.note("The same words said in the room are heard, and that is all.");
    phone.raw(
        "said",
        "<message id='said' type='groupchat' to='%s@%s'><body>restore load-60a</body></message>"
            .formatted(ROOM, ROOMS));
    op1.hearsInRoom(ROOM, "restore load-60a", WITHIN);
    op1.does("say branch-60 shed load-60a for 20 min");
    op2.hearsInRoom(ROOM, "shed load-60a for 20 min", WITHIN);
    op1.does("say branch-60 op-2: restore load-60a now");
    hears(
        scene,
        phone,
        "hears op-1 under their own name",
        line(ROOM + "@" + ROOMS + "/op-1", "op-2: restore load-60a now"));
    op1.does("expect load-60a off");
    scene.checkEqual(List.of("shed load-60a"), op2.ordered(), "the journal's orders");
  }

  private static void isHidden(Scene scene) throws Exception {
    scene.note("op-3 works elsewhere: for them there is no such room.");
    Operator op3 = scene.operator("op-3");
    for (String room : List.of(ROOM, NO_ROOM)) {
      op3.declined("join " + room, "unknown");
      op3.declined("say " + room + " hello", "unknown");
    }
    PlainClient elsewhere = scene.visitor("op-3");
    knowsOfNone(scene, elsewhere, "op-3");
    op3.does("join branch-13");
    knowsOfNone(scene, elsewhere, "op-3");
    scene.check(
        items(elsewhere).contains("branch-13@" + ROOMS),
        "op-3 is shown the room of their own area");
  }

  private static void knowsOfNone(Scene scene, PlainClient client, String account) {
    scene.check(
        answers(client, ROOM, account).equals(answers(client, NO_ROOM, account)),
        account + " hears of the room as of none, in " + ASKED.size() + " ways to ask");
    scene.check(!items(client).contains(ROOM), "no list shows it to " + account);
  }

  private static List<String> answers(PlainClient client, String room, String account) {
    return ASKED.stream()
        .map(stanza -> client.asksRaw("q", asked(stanza, room, account)).xml())
        .map(answer -> answer.replace(room, "ROOM"))
        .toList();
  }

  private static String asked(String stanza, String room, String account) {
    return stanza.formatted(room + "@" + ROOMS, account);
  }

  private static String items(PlainClient client) {
    return client
        .asksRaw(
            "items",
            "<iq id='items' type='get' to='%s'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>"
                .formatted(ROOMS))
        .xml();
  }

  private static void endsWithTheConsole(Scene scene, Operator op2, PlainClient phone)
      throws Exception {
    scene.note("op-2 closes the console: without a key in the room the chat client is put out.");
    op2.close();
    hears(scene, phone, "is put out of the room", seen -> self(seen) && !seen.available());
    knowsOfNone(scene, phone, "op-2");
  }
}
