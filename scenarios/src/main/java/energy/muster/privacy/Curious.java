// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.privacy.MedianSplit.Sample;
import energy.muster.scenario.PlainClient;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An account at a client of its own making, which asks after others. */
public final class Curious {
  private static final String ROOMS = "conference." + Stage.DOMAIN;
  private static final String ROOM = "curious@" + ROOMS;

  private final PlainClient client;
  private final String self;

  /**
   * @param self its bare address
   */
  public Curious(PlainClient client, String self) {
    this.client = client;
    this.self = self;
  }

  public PlainClient client() {
    return client;
  }

  /** All that any client can send; on a server without rooms there is less. */
  public List<Approach> approaches() {
    boolean rooms =
        client
            .asksRaw(
                "items",
                "<iq type='get' id='items' to='"
                    + Stage.DOMAIN
                    + "'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>")
            .xml()
            .contains(ROOMS);
    if (rooms) {
      opensARoom();
    }
    return Arrays.stream(Probe.values())
        .filter(probe -> rooms || !probe.needsARoom())
        .map(probe -> probe.by(self, ROOM))
        .toList();
  }

  /** Those of this name. */
  public List<Approach> approaches(String name) {
    return approaches().stream().filter(approach -> approach.name().equals(name)).toList();
  }

  private void opensARoom() {
    client.raw(
        "room",
        "<presence id='room' to='"
            + ROOM
            + "/me'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
    client.asksRaw(
        "room-open",
        "<iq type='set' id='room-open' to='"
            + ROOM
            + "'><query xmlns='http://jabber.org/protocol/muc#owner'>"
            + "<x xmlns='jabber:x:data' type='submit'/></query></iq>");
  }

  /**
   * All that comes back, with the account's name and everything random taken out, and how the
   * roster has it then.
   */
  public List<String> echo(Approach approach, String account) {
    client.settles();
    client.heard(Duration.ZERO);
    String stanza = approach.stanza().of("probe", account);
    if (approach.request(account)) {
      client.asksRaw("probe", stanza);
    } else {
      client.raw("probe", stanza);
    }
    client.settles();
    // Its library keeps the pushes of the roster to itself, and shows what they made of it.
    String entry = client.contact(account).entry();
    approach.undo().ifPresent(undo -> client.asksRaw("undo", undo.of("undo", account)));
    client.settles();
    Stream<String> heard =
        client.heard(Duration.ZERO).stream()
            .map(PlainClient.Seen::xml)
            .filter(xml -> !xml.contains(PlainClient.FENCE))
            .map(xml -> Echo.of(xml, account))
            .sorted();
    Stream<String> roster =
        entry.equals(PlainClient.Contact.ABSENT) ? Stream.of() : Stream.of("roster: " + entry);
    return Stream.concat(heard, roster).toList();
  }

  /** Times it on hidden and on made-up names, mixed. */
  public Times race(
      Approach approach, List<String> hidden, List<String> madeUp, int rounds, Path scratch)
      throws IOException {
    boolean answered =
        echo(approach, madeUp.get(0)).stream().anyMatch(xml -> xml.contains("'probe'"));
    List<String> course = new ArrayList<>();
    List<Entry> entries = Entry.mixed(hidden, madeUp, rounds);
    for (int i = 0; i < entries.size(); i++) {
      String account = entries.get(i).account();
      String id = "lap-" + i;
      course.add(id + (answered ? "\tyes\t" : "\tno\t") + approach.stanza().of(id, account));
      approach.undo().ifPresent(undo -> course.add("-\tno\t" + undo.of("undo", account)));
    }
    Files.write(scratch, course);
    List<PlainClient.Lap> laps = client.race(scratch);
    List<Sample> answers = new ArrayList<>();
    List<Sample> pongs = new ArrayList<>();
    for (int i = 0; i < laps.size(); i++) {
      boolean known = entries.get(i).hidden();
      laps.get(i).answer().ifPresent(nanos -> answers.add(new Sample(known, nanos)));
      pongs.add(new Sample(known, laps.get(i).pong()));
    }
    return new Times(approach.name(), answers, pongs);
  }
}
