// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcomes;
import energy.muster.outcome.Result;
import energy.muster.outcome.WriteOff;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.LookGrant;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A service in one object: it opens what is submitted, and its devices sign real outcomes. */
public final class ServiceDouble extends QuietLink {
  /** What a device does with a command; empty for silence. */
  @FunctionalInterface
  public interface Behaviour {
    Optional<Result> on(Command command, BareJid device);
  }

  private static final String SERVICE = "muster.grid.example";

  /** How often an order was asked for. */
  int lookUps;

  /** How the next questions for an order fail, the first first. */
  final Deque<RuntimeException> failing = new ArrayDeque<>();

  /** How the next submissions fail although they were taken, the first first. */
  final Deque<RuntimeException> doubts = new ArrayDeque<>();

  final AlarmDouble alarms = new AlarmDouble();
  private final TestPki pki;
  private final SigningDevices devices;
  private final KeptOrders orders = new KeptOrders();
  private final List<LookGrant> grants = new ArrayList<>();
  private final List<WriteOff> writeOffs = new ArrayList<>();
  private Optional<String> held = Optional.empty();
  private final ObjectNode fairness = nobodyWasShed();
  private List<Leaf> leaves = List.of();
  private Behaviour behaviour = (command, device) -> Optional.of(new Result.Executed("done"));
  private LinkListener listener;
  final MeterDouble meters = new MeterDouble();
  final FirmwareDouble firmware = new FirmwareDouble();
  final ViewDouble view;
  private int cuts;
  private boolean lists = true;
  private boolean tellsLeaves = true;
  private boolean left;

  public ServiceDouble(TestPki pki) {
    this.pki = pki;
    this.devices = new SigningDevices(pki);
    this.view = new ViewDouble(devices, this::tell);
  }

  public ServiceDouble with(String name, DevicePresence presence, String... areas) {
    devices.add(name, presence, areas);
    return this;
  }

  /** By which the devices date what they sign. */
  public void clock(InstantSource next) {
    devices.clock(next);
  }

  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** The next so many submissions arrive, but nobody hears so. */
  public void losesTheAnswerTo(int submissions) {
    cuts = submissions;
  }

  /** Whoever connects now gets no revocation list. */
  public void withholdsLists() {
    lists = false;
  }

  /** The order is no longer shown. */
  public void forgets(Command command) {
    orders.forget(command);
  }

  /** This one was shed so long lately. */
  public void wasShed(String name, int seconds) {
    fairness
        .withArray("shed")
        .addObject()
        .put("device", TestPki.jid(name).toString())
        .put("seconds", seconds)
        .put("times", 1);
  }

  public List<Leaf> leaves() {
    return leaves;
  }

  public List<Command> commands() {
    return orders.commands();
  }

  public List<WriteOff> writeOffs() {
    return writeOffs;
  }

  /** From now on the service does not send, and says so. */
  public void holds(Optional<String> why) {
    held = why;
  }

  /** What the service says of a delivery when it is asked. */
  public void says(Command command, BareJid device, DeliveryState state, String text) {
    orders.state(command.id(), device, state, text);
  }

  /** A notice for one person, which must be answered. */
  public CompletableFuture<Payload> notice(
      String kind, Optional<Command> order, Optional<BareJid> device, String text) {
    ObjectNode notice = Json.object().put("at", pki.now().toString()).put("kind", kind);
    order.ifPresent(known -> notice.put("order", known.id().text()));
    device.ifPresent(jid -> notice.put("device", jid.toString()));
    return ask(SERVICE, Payload.of(Wire.NOTICE, notice.put("text", text)));
  }

  public List<LookGrant> grants() {
    return grants;
  }

  public boolean left() {
    return left;
  }

  /** What the service asks of this console. */
  CompletableFuture<Payload> ask(String from, Payload question) {
    return listener.asked(from, question).toCompletableFuture();
  }

  public Link open(LinkListener owner) {
    listener = owner;
    listener.changed(LinkState.CONNECTED);
    listener.changed(LinkState.PROVEN);
    tell(Payload.empty(Wire.REQUIRED));
    if (lists) {
      crl(pki.crl()).join();
    }
    return this;
  }

  public CompletableFuture<Payload> crl(byte[] der) {
    return ask(
        SERVICE,
        Payload.of(Wire.CRL, Json.object().put("crl", Base64.getEncoder().encodeToString(der))));
  }

  public void cut() {
    listener.changed(LinkState.CONNECTING);
  }

  public void cutAndProveAgain() {
    cut();
    listener.changed(LinkState.PROVEN);
  }

  public void tell(Payload message) {
    listener.told(message);
  }

  public void change(String name, DevicePresence presence, String... areas) {
    change(devices.contact(name, presence, areas));
  }

  public void change(Contact contact) {
    view.change(contact);
  }

  /** A change that gets lost on the way. */
  public void losesAChange(String name, DevicePresence presence) {
    view.losesAChange(devices.contact(name, presence));
  }

  public CompletableFuture<Payload> report(Sealed outcome) {
    return ask(SERVICE, Payload.of(Wire.OUTCOME, outcome));
  }

  /** Several in one, as those that waited come. */
  CompletableFuture<Payload> report(List<Sealed> outcomes) {
    return ask(SERVICE, new Outcomes(outcomes).payload());
  }

  /** An outcome in the name of a device, whoever signs it. */
  public Sealed sign(
      SigningIdentity signer, BareJid device, Command command, Digest digest, Result result) {
    return devices.sign(signer, device, command, digest, result);
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
            case VIEW -> view.open(submission);
            case ORDER -> order(new DocumentId(submission.requireJson().path("id").asText()));
            case ORDERS -> Payload.of(Wire.ORDERS, orders.all());
            case FAIRNESS -> Payload.of(Wire.FAIRNESS, fairness);
            case LOOK -> look(submission);
            case WRITE_OFF -> writeOff(submission);
            default ->
                firmware
                    .answer(submission)
                    .or(() -> meters.answer(submission))
                    .orElseGet(() -> alarms.answer(submission));
          });
    } catch (Refused | LinkException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Whoever may sign an upgrade as the second person is told whom it is for. */
  private Payload order(DocumentId id) {
    lookUps++;
    if (!failing.isEmpty()) {
      throw failing.remove();
    }
    ObjectNode one = orders.one(id);
    boolean upgrade =
        orders.commands().stream()
            .anyMatch(
                each -> each.id().equals(id) && each.instruction() instanceof Instruction.Upgrade);
    if (upgrade && tellsLeaves) {
      ArrayNode told = one.putArray("leaves");
      leaves.forEach(leaf -> told.add(leaf.write()));
    }
    return Payload.of(Wire.ORDER, one);
  }

  /** It is also for devices that the person does not cover, or for others than were signed. */
  void tellsLeaves(boolean tells) {
    tellsLeaves = tells;
  }

  private static ObjectNode nobodyWasShed() {
    return Json.parse("{\"shed\": [], \"floors\": [{\"area\": \"branch-60\", \"kw\": 10}]}");
  }

  private Payload submit(Payload submission) {
    Opened opened = pki.trust().open(submission.requireSealed(), pki.now());
    Command command = Command.read(opened.content());
    leaves =
        Fields.of(submission.requireLargeJson()).objects("leaves").stream()
            .map(Leaf::read)
            .toList();
    if (!TargetTree.of(leaves).targets().equals(command.targets())) {
      throw new IllegalStateException("the leaves are not those that were signed");
    }
    orders.keep(command, submission.requireSealed());
    ObjectNode accepted = Json.object().put("id", command.id().text());
    ArrayNode deliveries = accepted.putArray("deliveries");
    for (Leaf leaf : leaves) {
      ObjectNode delivery = deliveries.addObject().put("device", leaf.device().toString());
      Optional<DeliveryState> end = ends(command, leaf.device());
      if (end.isPresent()) {
        delivery.put("state", end.get().wire());
        continue;
      }
      delivery.put("state", "sent");
      behaviour
          .on(command, leaf.device())
          .ifPresent(
              result -> {
                Sealed outcome = devices.sign(leaf.device(), command, result);
                orders.keep(command, leaf.device(), outcome);
                report(outcome).join();
              });
    }
    if (!doubts.isEmpty()) {
      // As if time had passed: what comes after is tried at once.
      cutAndProveAgain();
      throw doubts.remove();
    }
    if (cuts > 0) {
      cuts--;
      cutAndProveAgain();
      throw new LinkException("the connection was cut");
    }
    return Payload.of(Wire.ACCEPTED, accepted);
  }

  /** What the service does by itself: it holds, and cancels what it holds. */
  private Optional<DeliveryState> ends(Command command, BareJid device) {
    if (command.instruction() instanceof Instruction.Cancel cancel
        && orders.held(cancel.command(), device)) {
      orders.state(cancel.command(), device, DeliveryState.CANCELLED, "cancelled");
      return Optional.of(DeliveryState.CANCELLED);
    }
    held.ifPresent(why -> orders.state(command.id(), device, DeliveryState.HELD, why));
    return held.map(why -> DeliveryState.HELD);
  }

  /** The device's answer is kept, but the console is not told. */
  public void answersQuietly(BareJid device, Result result) {
    behaviour =
        (command, asked) -> {
          keepsAnswer(command, device, result);
          return Optional.empty();
        };
  }

  /** A device's answer, signed and not yet sent. */
  public Sealed answer(Command command, BareJid device, Result result) {
    return devices.sign(device, command, result);
  }

  /** The record holds an answer in the name of a device that another has signed. */
  public void keepsForgedAnswer(Command command, BareJid device, SigningIdentity forger) {
    Digest digest = Digest.of(command.write());
    orders.keep(
        command, device, sign(forger, device, command, digest, new Result.Executed("forged")));
  }

  /** As {@link #answersQuietly}, for an order that is here already. */
  public void keepsAnswer(Command command, BareJid device, Result result) {
    orders.keep(command, device, devices.sign(device, command, result));
  }

  /** The views that were opened, as they were asked for. */
  public List<ObjectNode> views() {
    return view.opened();
  }

  /** A change told as what is other than before. */
  public void patch(String name, String patch) {
    view.patch(TestPki.jid(name), patch);
  }

  /** The device is out of this person's sight. */
  public void hide(String name) {
    view.hide(TestPki.jid(name));
  }

  private Payload writeOff(Payload request) {
    Opened opened = pki.trust().open(request.requireSealed(), pki.now());
    WriteOff writeOff = WriteOff.read(opened.content());
    writeOffs.add(writeOff);
    orders.keepWriteOff(writeOff.command(), writeOff.device(), request.requireSealed());
    return Payload.empty(Wire.WRITE_OFF);
  }

  private Payload look(Payload request) {
    Opened opened = pki.trust().open(request.requireSealed(), pki.now());
    grants.add(LookGrant.read(opened.content()));
    return Payload.empty(Wire.LOOK);
  }

  @Override
  public void goodbye(String reason, Optional<Instant> nextContact) {
    left = true;
  }
}
