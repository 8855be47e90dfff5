// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.SessionProof;
import energy.muster.stage.Stage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;

/**
 * A client that knows an account's password and sends whatever it is told to, right or wrong. It
 * proves nothing by itself and answers nothing.
 */
public final class RawClient implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Stage stage;
  private final BareJid account;
  private final RawStream stream;
  private final String service;
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private RawClient(Stage stage, BareJid account) throws IOException {
    this.stage = stage;
    this.account = account;
    this.service = Wire.service(account.domain());
    this.stream =
        RawStream.to(
            stage.port(),
            account,
            stage.folder().password(account),
            stage.folder().tlsAnchors(),
            this::take,
            this::cut);
  }

  /** Logs in with the account's password and stays until the scene is over. */
  public static RawClient logIn(Scene scene, String name) throws IOException, InterruptedException {
    Stage stage = scene.stage();
    RawClient client = new RawClient(stage, stage.folder().jid(name));
    scene.atTheEnd(client::close);
    try {
      client.stream.connect();
      client.stream.login();
    } catch (SmackException | XMPPException e) {
      throw new StoryFailure(name + " cannot log in: " + e.getMessage());
    }
    return client;
  }

  public FullJid self() {
    return FullJid.parse(stream.getUser().toString());
  }

  private void take(String id, boolean answer, String stanza) {
    CompletableFuture<Answer> asker = answer && id != null ? waiting.remove(id) : null;
    if (asker == null) {
      heard.add(stanza);
    } else {
      asker.complete(Answer.read(stanza));
    }
  }

  private void cut() {
    waiting.values().forEach(asker -> asker.complete(Answer.nothing("stream closed")));
  }

  /** Everything that came and was no answer, as XML. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  public boolean connected() {
    return stream.isConnected();
  }

  /** The address of the newest other session of this account that has shown a device. */
  public Optional<String> presenceOfTwin() {
    return shown(from -> !from.equals(self().toString())).map(Shown::from);
  }

  /** What that session has shown last, as JSON. */
  public Optional<String> newestOf(String session) {
    return shown(session::equals).map(Shown::device);
  }

  private record Shown(String from, String device) {}

  private Optional<Shown> shown(Predicate<String> whose) {
    return heard.stream()
        .filter(stanza -> stanza.startsWith("<presence"))
        .map(Answer::parse)
        .filter(presence -> whose.test(presence.getAttribute("from")))
        .flatMap(
            presence ->
                Answer.first(presence, "json")
                    .map(json -> new Shown(presence.getAttribute("from"), json.getTextContent()))
                    .stream())
        .reduce((earlier, later) -> later);
  }

  /** Sends a request without waiting for its answer. */
  public CompletableFuture<Answer> post(String to, boolean set, RawElement element)
      throws InterruptedException {
    String id = "raw-" + asked.incrementAndGet();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    if (!stream.post(id, to, set, element)) {
      answer.complete(Answer.nothing("stream closed"));
    }
    return answer;
  }

  public Answer set(String to, RawElement element) throws InterruptedException {
    return await(post(to, true, element));
  }

  /** Asks the service. */
  public Answer get(Payload question) throws InterruptedException {
    return await(post(service, false, RawElement.of(question)));
  }

  /** Asks the service, with a set. */
  public Answer set(Payload question) throws InterruptedException {
    return set(service, RawElement.of(question));
  }

  public Answer submit(Draft draft) throws InterruptedException {
    return set(service, draft.submission());
  }

  public String service() {
    return service;
  }

  private static Answer await(CompletableFuture<Answer> answer) throws InterruptedException {
    try {
      return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Answer.nothing("no answer within " + ANSWER_WITHIN.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new StoryFailure("an answer was lost: " + e.getCause());
    }
  }

  /** Sends a headline message. */
  public void tell(String to, RawElement element) throws InterruptedException {
    stream.headline(to, element);
  }

  /** Says it is there, with that element. */
  public void present(RawElement element) throws InterruptedException {
    stream.present(element);
  }

  /** Takes a challenge and answers it with this key, whether it is the account's or not. */
  public Answer prove(SigningIdentity identity, Instant now) throws InterruptedException {
    Answer challenge = get(Payload.empty(Wire.CHALLENGE));
    if (!challenge.ok()) {
      return challenge;
    }
    Header header =
        new Header(DocumentType.SESSION, stage.folder().site(), DocumentId.next(now), account, now);
    String nonce = Json.parse(challenge.json()).path("nonce").asText();
    SessionProof proof = new SessionProof(header, nonce, self(), 1, 0);
    return set(Payload.of(Wire.PROOF, Sealer.seal(proof.write(), now, identity)));
  }

  @Override
  public void close() {
    stream.instantShutdown();
  }
}
