// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.Alarm.Event;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmCourse.Step;
import energy.muster.alarm.AlarmCourse.Whose;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.alarm.Target;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Duty;
import energy.muster.presence.Operating;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Restriction;
import energy.muster.presence.Show;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A site with devices that raise alarms and people who answer, or do not. */
final class Plant {
  final World world;
  private final Map<String, SigningIdentity> identities = new HashMap<>();
  private final Map<String, FullJid> sessions = new HashMap<>();
  private final Map<String, DocumentId> occurrences = new HashMap<>();
  private int resource;
  private long revision;

  Plant() {
    this(new World());
  }

  Plant(World world) {
    this.world = world;
    identities.put("watcher", world.pki.viewer("watcher", "*"));
    come("watcher");
  }

  void device(String local, String... branches) {
    identities.put(local, world.pki.device(local, branches));
    come(local);
  }

  void operator(String local, String... areas) {
    identities.put(local, world.pki.operator(local, areas));
  }

  void engineer(String local, String... areas) {
    identities.put(local, world.pki.identity(local, Role.ENGINEER, areas));
  }

  SigningIdentity identity(String local) {
    return identities.get(local);
  }

  /** Proves a session, and is on duty. */
  FullJid come(String local) {
    FullJid session = world.prove(identities.get(local), "r" + ++resource);
    sessions.put(local, session);
    if (!identities.get(local).certified().holds(Role.DEVICE)) {
      says(local, Duty.ON_DUTY);
    }
    return session;
  }

  FullJid session(String local) {
    return sessions.get(local);
  }

  void leave(String local) {
    world.cut(sessions.remove(local));
  }

  void says(String local, Duty duty) {
    world.service().person(sessions.get(local), PersonPresence.of(duty, ""), true);
  }

  /** A device says what it may not be asked for. */
  void restricted(String local, Optional<Restriction> restriction) {
    says(local, DeviceKind.LOAD, restriction);
  }

  void says(String local, DeviceKind kind, Optional<Restriction> restriction) {
    DevicePresence word =
        new DevicePresence(
            ++revision,
            kind,
            Operating.ON,
            restriction,
            Optional.empty(),
            Map.of(),
            List.of(),
            Duration.ofSeconds(60));
    world
        .service()
        .presence(
            sessions.get(local),
            true,
            Show.AVAILABLE,
            "",
            Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  void pass(Duration time) {
    world.pass(time);
  }

  /** The service is killed and starts again; nobody has come back yet but the watcher. */
  void restart() {
    world.killAndRestart();
    sessions.clear();
    come("watcher");
  }

  Alarm alarm(String device, String rule, Event event, boolean latching) {
    Instant now = world.clock.instant();
    DocumentId id = DocumentId.next(now);
    String point = device + "/" + rule;
    if (event == Event.ONSET) {
      occurrences.put(point, id);
    }
    return new Alarm(
        new Header(
            DocumentType.ALARM, energy.muster.fixture.TestPki.SITE, id, World.jid(device), now),
        occurrences.get(point),
        new RuleName(rule),
        event,
        Priority.CRITICAL,
        Optional.empty(),
        now,
        true,
        latching,
        rule + " of " + device,
        Optional.empty());
  }

  Payload sealed(Alarm alarm, String signer) {
    return Payload.of(Wire.ALARM, Sealer.seal(alarm.write(), identities.get(signer)));
  }

  /** The number that the service gave it. */
  long onset(String device, String rule) {
    return bring(device, alarm(device, rule, Event.ONSET, false));
  }

  long latching(String device, String rule) {
    return bring(device, alarm(device, rule, Event.ONSET, true));
  }

  long returned(String device, String rule) {
    return bring(device, alarm(device, rule, Event.RETURN, false));
  }

  long bring(String device, Alarm alarm) {
    return number(world.set(sessions.get(device), sealed(alarm, device)));
  }

  static long number(Payload answer) {
    return answer.requireJson().get("number").asLong();
  }

  Payload act(String person, AlarmAct.Kind kind, long... numbers) {
    return act(person, person, kind, "because", numbers);
  }

  /** What a person would send, signed by another. */
  Payload act(String person, String signer, AlarmAct.Kind kind, String reason, long... numbers) {
    Header header = world.header(DocumentType.ALARM_ACT, World.jid(person));
    List<DocumentId> alarms =
        Arrays.stream(numbers).mapToObj(number -> entry(number).occurrence()).toList();
    AlarmAct act =
        kind == AlarmAct.Kind.SHELVE
            ? AlarmAct.shelve(header, alarms, world.clock.in(Duration.ofHours(1)), false, reason)
            : AlarmAct.because(header, alarms, kind, reason);
    return sealed(act, signer);
  }

  Payload sealed(AlarmAct act, String signer) {
    return Payload.of(Wire.ACT, Sealer.seal(act.write(), identities.get(signer)));
  }

  void does(String person, AlarmAct.Kind kind, long... numbers) {
    world.set(sessions.get(person), act(person, kind, numbers));
  }

  /** What the service answers. */
  ObjectNode handOver(String from, String heir) {
    ObjectNode offer = Json.object().put("to", World.jid(heir).toString());
    offer.putArray("watches");
    return world.set(sessions.get(from), Payload.of(Wire.HAND_OVER, offer)).requireJson();
  }

  ObjectNode accept(String heir, String from) {
    return world.set(sessions.get(heir), accepting(from)).requireJson();
  }

  static Payload accepting(String from) {
    return Payload.of(Wire.ACCEPT, Json.object().put("from", World.jid(from).toString()));
  }

  void decline(String heir, String from) {
    world.set(
        sessions.get(heir),
        Payload.of(Wire.DECLINE, Json.object().put("from", World.jid(from).toString())));
  }

  /** What one person sees of the open alarms, by number. */
  Map<Long, AlarmEntry> seenBy(String person, String filter) {
    Map<Long, AlarmEntry> seen = new TreeMap<>();
    list(person, filter).forEach(entry -> seen.put(entry.number(), entry));
    return seen;
  }

  List<AlarmEntry> list(String person, String filter) {
    Payload answer =
        world.get(
            sessions.get(person),
            Payload.of(Wire.ALARMS, Json.object().put("filter", filter).put("limit", 1000)));
    List<AlarmEntry> all = new ArrayList<>();
    answer
        .requireLargeJson()
        .get("alarms")
        .forEach(each -> all.add(AlarmEntry.read(Fields.of((ObjectNode) each))));
    return all;
  }

  AlarmEntry entry(long number) {
    return seenBy("watcher", "all").get(number);
  }

  List<AlarmTransition> history(long number) {
    Payload answer =
        world.get(
            sessions.get("watcher"),
            Payload.of(Wire.ALARM_HISTORY, Json.object().put("number", number)));
    List<AlarmTransition> all = new ArrayList<>();
    answer
        .requireLargeJson()
        .get("transitions")
        .forEach(each -> all.add(AlarmTransition.read(Fields.of((ObjectNode) each))));
    return all;
  }

  List<AlarmTransition.Kind> kinds(long number) {
    return history(number).stream().map(AlarmTransition::kind).toList();
  }

  /** The numbers of the alarms that were brought to this session. */
  List<Long> offered(String person) {
    return world.network.to(sessions.get(person), Wire.ALARM).stream()
        .map(payload -> payload.requireJson().get("alarm").get("number").asLong())
        .toList();
  }

  AlarmPolicy policy(long policyRevision, AlarmCourse... courses) {
    return new AlarmPolicy(
        world.header(DocumentType.ALARM_POLICY, World.jid("eng-1")),
        policyRevision,
        List.of(),
        List.of(courses));
  }

  Payload sealed(AlarmPolicy policy, String signer) {
    return Payload.of(Wire.POLICY, Sealer.seal(policy.write(), identities.get(signer)));
  }

  /** An engineer of the whole site comes, says who is asked, and leaves. */
  void publish(AlarmCourse... courses) {
    engineer("eng-1", "*");
    FullJid engineer = come("eng-1");
    world.set(engineer, sealed(policy(1, courses), "eng-1"));
    leave("eng-1");
  }

  static AlarmCourse course(Duration acknowledgedFor, Step... steps) {
    return new AlarmCourse(
        "test", Whose.ALL, List.of(steps), acknowledgedFor, List.of(), List.of());
  }

  static Step step(long seconds, String... to) {
    return new Step(Arrays.stream(to).map(Target::parse).toList(), Duration.ofSeconds(seconds));
  }
}
