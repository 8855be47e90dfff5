// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.outcome.WriteOff;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.LookGrant;
import energy.muster.session.SessionProof;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Stage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A competitor: it holds a key, for devices of its own, and asks the service as well. */
public final class Rival {
  private static final String SERVICE = Wire.service(Stage.DOMAIN);

  private final Scene scene;
  private final SiteFolder folder;
  private final SigningIdentity identity;
  private final Curious curious;
  private int asked;

  /** Logs in. */
  public Rival(Scene scene, String name) {
    this.scene = scene;
    folder = scene.stage().folder();
    identity = folder.identity(folder.jid(name));
    curious = new Curious(scene.visitor(name), folder.jid(name).toString());
  }

  public Curious curious() {
    return curious;
  }

  private PlainClient.Seen seen(boolean set, RawElement element) {
    String id = "asked-" + ++asked;
    return curious.client().asksRaw(id, request(id, set, element));
  }

  private static String request(String id, boolean set, RawElement element) {
    return "<iq type='%s' id='%s' to='%s'>%s</iq>"
        .formatted(set ? "set" : "get", id, SERVICE, element.xml());
  }

  public void proves() {
    PlainClient.Seen challenge = seen(false, RawElement.of(Payload.empty(Wire.CHALLENGE)));
    String nonce = Json.parse(Answer.read(challenge.xml()).json()).path("nonce").asText();
    byte[] proof =
        new SessionProof(header(DocumentType.SESSION), nonce, FullJid.parse(challenge.to()), 1, 0)
            .write();
    Payload payload = Payload.of(Wire.PROOF, Sealer.seal(proof, scene.now(), identity));
    scene.check(
        Answer.read(seen(true, RawElement.of(payload)).xml()).ok(),
        "the competitor proves a key of its own");
  }

  private Header header(DocumentType type) {
    return new Header(
        type, folder.site(), DocumentId.next(scene.now()), identity.certified().jid(), scene.now());
  }

  /** What a view of this much shows. */
  public String view(String only) {
    return Answer.read(seen(true, RawElement.of(views(only))).xml()).json();
  }

  private static Payload views(String only) {
    return payload(Wire.VIEW, "{\"id\":\"v\"" + only + "}");
  }

  private static Payload payload(Wire wire, String json) {
    return Payload.of(wire, Json.parse(json));
  }

  /** All that any client can send, and all that the service can be asked with a name in it. */
  public List<Approach> approaches() {
    List<Approach> all = new ArrayList<>(curious.approaches());
    all.add(asking("submit shed", true, name -> order(name, Verb.SHED)));
    all.add(asking("submit read", true, name -> order(name, Verb.READ)));
    all.add(asking("submit release", true, name -> order(name, Verb.RELEASE)));
    all.add(asking("look-grant", true, name -> RawElement.of(grant(name))));
    all.add(
        asking(
            "view",
            true,
            name ->
                RawElement.of(
                    views(",\"only\":{\"devices\":[\"" + PlainClient.jid(name) + "\"]}"))));
    all.add(asking("write-off", true, name -> RawElement.of(writeOff(name))));
    all.add(naming("reliability", Wire.RELIABILITY, false, "{\"device\":\"NAME\"}"));
    all.add(naming("tell", Wire.TELL, true, "{\"to\":\"NAME\",\"text\":\"hello\"}"));
    all.add(naming("hand-over", Wire.HAND_OVER, true, "{\"to\":\"NAME\",\"watches\":[]}"));
    all.add(naming("accept", Wire.ACCEPT, true, "{\"from\":\"NAME\"}"));
    all.add(naming("decline", Wire.DECLINE, true, "{\"from\":\"NAME\"}"));
    return all;
  }

  private static Approach asking(String what, boolean set, Function<String, RawElement> element) {
    return new Approach(
        what, (id, account) -> request(id, set, element.apply(account)), Optional.empty());
  }

  private static Approach naming(String what, Wire wire, boolean set, String json) {
    return asking(
        what,
        set,
        name -> RawElement.of(payload(wire, json.replace("NAME", PlainClient.jid(name)))));
  }

  private RawElement order(String name, Verb verb) {
    return Draft.of(
            folder.site(), identity, new Instruction.Plain(verb), folder.jid(name), scene.now())
        .submission();
  }

  private Payload grant(String name) {
    BareJid self = identity.certified().jid();
    LookGrant grant =
        new LookGrant(
            header(DocumentType.LOOK_GRANT),
            self,
            List.of(folder.jid(name)),
            scene.now().plus(Duration.ofHours(1)));
    return Payload.of(Wire.LOOK, Sealer.seal(grant.write(), scene.now(), identity));
  }

  private Payload writeOff(String name) {
    WriteOff writeOff =
        new WriteOff(
            header(DocumentType.WRITE_OFF),
            DocumentId.next(scene.now()),
            Digest.of(name.getBytes(StandardCharsets.UTF_8)),
            folder.jid(name),
            "it will not come again");
    return Payload.of(Wire.WRITE_OFF, Sealer.seal(writeOff.write(), scene.now(), identity));
  }
}
