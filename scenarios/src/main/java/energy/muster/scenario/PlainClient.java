// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.stage.Child;
import energy.muster.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Any chat client, in a process of its own: a password, a roster, presence and chat, and nothing
 * that knows of Muster.
 */
public final class PlainClient implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration RACE_WITHIN = Duration.ofMinutes(5);

  /** What the ids begin with of stanzas that only show that others have been dealt with. */
  public static final String FENCE = "fence-";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration LOGIN_WITHIN = Duration.ofSeconds(30);

  private final Scene scene;
  private final String name;
  private final Child process;
  private int said;
  private int read;

  private PlainClient(Scene scene, String name, Child process) {
    this.scene = scene;
    this.name = name;
    this.process = process;
  }

  /**
   * A stanza as the client's library shows it.
   *
   * @param kind presence, message or iq
   * @param show of a presence: available, away, dnd
   * @param extensions how many elements a presence has that are not XMPP's own
   */
  public record Seen(
      String kind,
      String from,
      String to,
      String id,
      String type,
      String show,
      String status,
      String body,
      int extensions,
      String xml) {
    private static Seen of(ObjectNode event) {
      return new Seen(
          event.path("kind").asText(),
          event.path("from").asText(),
          event.path("to").asText(),
          event.path("id").asText(),
          event.path("type").asText(),
          event.path("show").asText(),
          event.path("status").asText(),
          event.path("body").asText(),
          event.path("extensions").asInt(),
          event.path("xml").asText());
    }

    public boolean presence() {
      return kind.equals("presence");
    }

    public boolean available() {
      return presence() && type.equals("available");
    }
  }

  /**
   * A contact as the client shows it.
   *
   * @param entry the roster's entry in words: the subscription, and whether it is asked for
   */
  public record Contact(String entry, boolean available, String show, String status) {
    /** The entry of whoever is not in the roster. */
    public static final String ABSENT = "absent";
  }

  static PlainClient login(Scene scene, BareJid account) {
    Child process = scene.stage().startChat("chat-" + account.local(), account);
    PlainClient client = new PlainClient(scene, account.local(), process);
    process.await("ready", LOGIN_WITHIN);
    scene.transcript().line(client.name + " logs in with a chat client");
    return client;
  }

  public void subscribes(String contact) {
    scene.transcript().line(name + " subscribes to " + contact);
    presence("subscribe-" + contact, contact, "subscribe");
  }

  /** Its own presence, to whoever may see it. */
  public void shows(String show, String status) {
    scene.transcript().line(name + " shows " + show + ": " + status);
    does("show", "show-" + said, show, status);
  }

  public void presence(String id, String to, String type) {
    does("presence", id, jid(to), type);
  }

  /** Sends a chat message and returns the words that come back. */
  public String chats(String contact, String line) {
    scene.transcript().line(name + " to " + contact + ": " + line);
    int before = process.events().size();
    chat("chat-" + before, contact, line);
    String bare = jid(contact);
    String words =
        answer(
                before,
                stanza ->
                    stanza.kind().equals("message") && stanza.from().split("/", 2)[0].equals(bare))
            .body();
    scene.transcript().line("  " + contact + ": " + words);
    return words;
  }

  public void chat(String id, String to, String line) {
    does("chat", id, jid(to), line);
  }

  /** Sends a request and returns its answer, a result or an error. */
  public Seen asks(String to, String type, String element, String namespace, String inner) {
    int before = process.events().size();
    String id = "request-" + before;
    request(id, to, type, element, namespace, inner);
    return answer(before, stanza -> stanza.kind().equals("iq") && stanza.id().equals(id));
  }

  public void request(
      String id, String to, String type, String element, String namespace, String inner) {
    does("request", id, jid(to), type, element, namespace, inner);
  }

  private Seen answer(int before, Predicate<Seen> which) {
    return process
        .first(before, event -> stanza(event) && which.test(Seen.of(event)), ANSWER_WITHIN)
        .map(Seen::of)
        .orElseThrow(() -> new StoryFailure("nothing came back to " + name));
  }

  private static boolean stanza(ObjectNode event) {
    return event.path("event").asText().equals("stanza");
  }

  /** What came since this was last asked, once nothing more has come for so long. */
  public List<Seen> heard(Duration quiet) {
    int known = read;
    while (process.first(known, any -> true, quiet).isPresent()) {
      known = process.events().size();
    }
    List<ObjectNode> news = process.events().subList(read, known);
    read = known;
    return news.stream().filter(PlainClient::stanza).map(Seen::of).toList();
  }

  /**
   * What came of something at the server's publish-subscribe service.
   *
   * @param error its condition; empty where there was none
   * @param ids of the items that were found
   */
  public record Published(String error, List<String> ids) {
    public int count() {
      return ids.size();
    }
  }

  /** Subscribes to a node, reads its items, publishes there or makes it. */
  public Published pubsub(String verb, String node) {
    ObjectNode answer = does("pubsub", verb, node);
    String ids = answer.path("ids").asText();
    return new Published(
        answer.path("error").asText(), ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
  }

  /** Waits until a node has so many items, asking no oftener than any client may. */
  public void awaitItems(String node, int count, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    Published found = pubsub("items", node);
    while (found.count() != count) {
      if (System.nanoTime() > end) {
        throw new StoryFailure(node + " has not " + count + " items but " + found);
      }
      scene.pause(BETWEEN_LOOKS);
      found = pubsub("items", node);
    }
    scene.check(true, count + " items are on " + node);
  }

  public Contact contact(String contact) {
    ObjectNode answer = does("contact", jid(contact));
    String asked = answer.path("asked").asText().isEmpty() ? "" : ", asked";
    return new Contact(
        answer.path("subscription").asText() + asked,
        answer.path("type").asText().equals("available"),
        answer.path("show").asText(),
        answer.path("status").asText());
  }

  /** Sends a stanza as it stands. */
  public void raw(String id, String stanza) {
    does("raw", id, stanza);
  }

  /** Returns when the server, and the service behind it, are through with all that was sent. */
  public void settles() {
    String id = FENCE + said;
    int before = process.events().size();
    asksRaw(
        id,
        "<iq type='get' id='%s' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>"
            .formatted(id, Stage.DOMAIN));
    // What the service says in chat it says in order.
    raw(
        id,
        "<message type='chat' id='%1$s' to='muster.%2$s'><body>?</body><thread>%1$s</thread></message>"
            .formatted(id, Stage.DOMAIN));
    answer(before, seen -> seen.kind().equals("message") && seen.xml().contains(id));
  }

  /** Sends a stanza as it stands and returns what comes back under its id. */
  public Seen asksRaw(String id, String stanza) {
    int before = process.events().size();
    raw(id, stanza);
    return answer(before, seen -> seen.id().equals(id));
  }

  /**
   * How long each stanza of a race took, in nanoseconds.
   *
   * @param answer until its answer; empty if none came before the pong
   * @param pong until the server had answered a ping that was sent right behind it
   */
  public record Lap(OptionalLong answer, long pong) {}

  /** Sends the stanzas of a file one after another; see {@code energy.muster.chat.Race}. */
  public List<Lap> race(Path course) {
    ObjectNode done = does(RACE_WITHIN, "race", course.toString());
    String[] answers = done.path("answers").asText().split(",", -1);
    String[] pongs = done.path("pongs").asText().split(",", -1);
    List<Lap> laps = new ArrayList<>(pongs.length);
    for (int i = 0; i < pongs.length; i++) {
      OptionalLong answer =
          answers[i].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(answers[i]));
      laps.add(new Lap(answer, Long.parseLong(pongs[i])));
    }
    return laps;
  }

  private ObjectNode does(String... words) {
    return does(ANSWER_WITHIN, words);
  }

  private ObjectNode does(Duration within, String... words) {
    String number = Integer.toString(++said);
    process.say(number + "\t" + String.join("\t", words));
    return process.await("done", done -> done.path("number").asText().equals(number), within);
  }

  /** {@code gen-2} of the stage's domain, or an address in full. */
  public static String jid(String contact) {
    return contact.contains("@") || contact.contains(".") ? contact : contact + "@" + Stage.DOMAIN;
  }

  @Override
  public void close() {
    process.close();
  }
}
