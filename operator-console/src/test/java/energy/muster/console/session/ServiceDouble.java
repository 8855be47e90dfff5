// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.outcome.ClockReport;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.LookGrant;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A service and its devices in one object: it opens what is submitted and signs real outcomes. */
public final class ServiceDouble implements Link {
  /** What a device does with a command; empty for silence. */
  @FunctionalInterface
  public interface Behaviour {
    Optional<Result> on(Command command, BareJid device);
  }

  private final TestPki pki;
  private final Map<BareJid, SigningIdentity> devices = new LinkedHashMap<>();
  private final Map<BareJid, Contact> contacts = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<LookGrant> grants = new ArrayList<>();
  private final Map<DocumentId, Sealed> sealed = new LinkedHashMap<>();
  private final Map<DocumentId, Map<BareJid, Sealed>> outcomes = new LinkedHashMap<>();
  private Behaviour behaviour = (command, device) -> Optional.of(new Result.Executed("done"));
  private LinkListener listener;
  private String viewId = "";
  private long revision;
  private InstantSource clock;
  private int cuts;
  private boolean left;

  public ServiceDouble(TestPki pki) {
    this.pki = pki;
    this.clock = InstantSource.fixed(pki.now());
  }

  public ServiceDouble with(String name, DevicePresence presence, String... areas) {
    BareJid jid = TestPki.jid(name);
    devices.put(jid, pki.device(name, areas));
    contacts.put(jid, contact(jid, presence, areas));
    return this;
  }

  private Contact contact(BareJid jid, DevicePresence presence, String... areas) {
    Set<Area> all = new HashSet<>();
    for (String area : areas) {
      all.add(new Area(area));
    }
    return new Contact(
        jid, all, Optional.of(presence), Certainty.REAL, pki.now(), Optional.empty());
  }

  /** By which the devices date what they sign. */
  public void clock(InstantSource next) {
    clock = next;
  }

  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** The next so many submissions arrive, but nobody hears so. */
  public void losesTheAnswerTo(int submissions) {
    cuts = submissions;
  }

  public List<Command> commands() {
    return commands;
  }

  public List<LookGrant> grants() {
    return grants;
  }

  public boolean left() {
    return left;
  }

  public Link open(LinkListener owner) {
    listener = owner;
    listener.changed(LinkState.CONNECTED);
    listener.changed(LinkState.PROVEN);
    tell(Payload.empty(Wire.REQUIRED));
    crl(pki.crl()).join();
    return this;
  }

  public CompletableFuture<Payload> crl(byte[] der) {
    return listener
        .asked(
            "muster.grid.example",
            Payload.of(Wire.CRL, Json.object().put("crl", Base64.getEncoder().encodeToString(der))))
        .toCompletableFuture();
  }

  public void cutAndProveAgain() {
    listener.changed(LinkState.CONNECTING);
    listener.changed(LinkState.PROVEN);
  }

  public void tell(Payload message) {
    listener.told(message);
  }

  public void change(String name, DevicePresence presence, String... areas) {
    change(contact(TestPki.jid(name), presence, areas));
  }

  public void change(Contact contact) {
    contacts.put(contact.device(), contact);
    revision++;
    ObjectNode message = Json.object().put("id", viewId).put("rev", revision);
    message.putArray("changes").add(contact.write());
    tell(Payload.of(Wire.CHANGES, message));
  }

  /** A change that gets lost on the way. */
  public void losesAChange(String name, DevicePresence presence) {
    contacts.put(TestPki.jid(name), contact(TestPki.jid(name), presence));
    revision++;
  }

  public CompletableFuture<Payload> report(Sealed outcome) {
    return listener
        .asked("muster.grid.example", Payload.of(Wire.OUTCOME, outcome))
        .toCompletableFuture();
  }

  /** A device's answer, signed. */
  public Sealed sign(
      SigningIdentity signer, BareJid device, Command command, Digest digest, Result result) {
    Header header =
        new Header(
            DocumentType.OUTCOME,
            TestPki.SITE,
            DocumentId.next(clock.instant()),
            device,
            clock.instant());
    boolean read = command.verb() == Verb.READ;
    Outcome outcome =
        new Outcome(
            header,
            command.id(),
            digest,
            result,
            Optional.ofNullable(contacts.get(device)).flatMap(Contact::presence),
            read ? Optional.of(new ClockReport(pki.now(), true, "nonce")) : Optional.empty());
    return Sealer.seal(outcome.write(), signer);
  }

  @Override
  public CompletableFuture<Payload> get(Payload question) {
    return set(question);
  }

  @Override
  public CompletableFuture<Payload> set(Payload submission) {
    try {
      return CompletableFuture.completedFuture(
          switch (submission.wire()) {
            case SUBMIT -> submit(submission);
            case VIEW -> view(submission);
            case ORDER -> order(submission);
            case ORDERS -> orders();
            case LOOK -> look(submission);
            default -> Payload.empty(submission.wire());
          });
    } catch (Refused | LinkException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private Payload submit(Payload submission) {
    Opened opened = pki.trust().open(submission.requireSealed(), pki.now());
    Command command = Command.read(opened.content());
    List<Leaf> leaves =
        Fields.of(submission.requireLargeJson()).objects("leaves").stream()
            .map(Leaf::read)
            .toList();
    if (!TargetTree.of(leaves).targets().equals(command.targets())) {
      throw new IllegalStateException("the leaves are not those that were signed");
    }
    commands.add(command);
    sealed.put(command.id(), submission.requireSealed());
    outcomes.put(command.id(), new LinkedHashMap<>());
    ObjectNode accepted = Json.object().put("id", command.id().text());
    ArrayNode deliveries = accepted.putArray("deliveries");
    for (Leaf leaf : leaves) {
      deliveries.addObject().put("device", leaf.device().toString()).put("state", "sent");
      behaviour
          .on(command, leaf.device())
          .ifPresent(
              result -> {
                Sealed outcome =
                    sign(
                        devices.get(leaf.device()),
                        leaf.device(),
                        command,
                        opened.digest(),
                        result);
                outcomes.get(command.id()).put(leaf.device(), outcome);
                report(outcome).join();
              });
    }
    if (cuts > 0) {
      cuts--;
      cutAndProveAgain();
      throw new LinkException("the connection was cut");
    }
    return Payload.of(Wire.ACCEPTED, accepted);
  }

  private Payload view(Payload request) {
    viewId = request.requireJson().path("id").asText();
    revision = 1;
    ObjectNode answer = Json.object().put("rev", revision);
    ArrayNode entries = answer.putArray("entries");
    contacts.values().forEach(contact -> entries.add(contact.write()));
    return Payload.of(Wire.VIEW, answer);
  }

  private Payload orders() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("orders");
    commands.forEach(
        command -> {
          ObjectNode line =
              list.addObject()
                  .put("id", command.id().text())
                  .put("issuer", command.header().issuer().toString())
                  .put("verb", command.verb().wire())
                  .put("issuedAt", command.header().issuedAt().toString());
          deliveries(line, command.id());
        });
    return Payload.of(Wire.ORDERS, answer);
  }

  private void deliveries(ObjectNode line, DocumentId id) {
    ArrayNode deliveries = line.putArray("deliveries");
    outcomes
        .getOrDefault(id, Map.of())
        .keySet()
        .forEach(
            device ->
                deliveries
                    .addObject()
                    .put("device", device.toString())
                    .put("state", "executed")
                    .put("text", "done"));
  }

  private Payload order(Payload request) {
    DocumentId id = new DocumentId(request.requireJson().path("id").asText());
    ObjectNode answer = Json.object().put("id", id.text());
    Optional.ofNullable(sealed.get(id))
        .ifPresent(command -> answer.put("command", command.base64()));
    deliveries(answer, id);
    answer
        .putArray("history")
        .addObject()
        .put("device", "load-48@grid.example")
        .put("state", "sent")
        .put("at", Instant.EPOCH.toString())
        .put("text", "");
    ArrayNode evidence = answer.putArray("outcomes");
    outcomes
        .getOrDefault(id, Map.of())
        .forEach(
            (device, outcome) ->
                evidence
                    .addObject()
                    .put("device", device.toString())
                    .put("at", pki.now().toString())
                    .put("outcome", outcome.base64()));
    return Payload.of(Wire.ORDER, answer);
  }

  /** Kept, but the console is not told. */
  public void answersQuietly(BareJid device, Result result) {
    behaviour =
        (command, asked) -> {
          keepsAnswer(command, device, result);
          return Optional.empty();
        };
  }

  /** As {@link #answersQuietly}, for an order that is here already. */
  public void keepsAnswer(Command command, BareJid device, Result result) {
    outcomes
        .get(command.id())
        .put(
            device, sign(devices.get(device), device, command, Digest.of(command.write()), result));
  }

  private Payload look(Payload request) {
    Opened opened = pki.trust().open(request.requireSealed(), pki.now());
    grants.add(LookGrant.read(opened.content()));
    return Payload.empty(Wire.LOOK);
  }

  @Override
  public BareJid account() {
    return TestPki.jid("op-1");
  }

  @Override
  public LinkState state() {
    return LinkState.PROVEN;
  }

  @Override
  public void announce(Announcement announcement) {}

  @Override
  public void goodbye(String reason, Optional<Instant> nextContact) {
    left = true;
  }

  @Override
  public void close() {}
}
