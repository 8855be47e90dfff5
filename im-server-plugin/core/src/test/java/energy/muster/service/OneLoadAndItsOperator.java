// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.command.Instruction;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Inquiry;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.presence.Show;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.OrderHistory;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** A load and an operator, both there, and what tests ask of them. */
abstract class OneLoadAndItsOperator {
  static final BareJid LOAD = World.jid("load-48");
  static final Duration AFTER_DELIVER_BY = Duration.ofSeconds(125);
  static final Duration AFTER_EXECUTE_BY = Duration.ofSeconds(305);

  final World world = new World();
  final SigningIdentity operator = world.pki.operator("op-1", "*");
  final SigningIdentity load = world.pki.device("load-48", "branch-60");
  FullJid person;
  FullJid device;

  @BeforeEach
  void bothAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
  }

  Draft submitted(Draft order) {
    world.set(person, order.submit());
    return order;
  }

  Draft shed() {
    return submitted(world.draft(operator, Verb.SHED, "load-48"));
  }

  Draft with(Draft draft, Instruction instruction, Optional<Precondition> when) {
    Draft instructed = draft.but(order -> order.instruction(instruction));
    return when.map(state -> instructed.but(order -> order.when(state))).orElse(instructed);
  }

  Draft cancelOf(DocumentId id, String... devices) {
    return with(
        world.draft(operator, Verb.SHED, devices), new Instruction.Cancel(id), Optional.empty());
  }

  DeliveryState state(Draft order) {
    return world.journal.state(order.id(), LOAD);
  }

  String text(Draft order) {
    return history(order).order().deliveries().get(0).text();
  }

  OrderHistory history(Draft order) {
    return world.journal.order(order.id()).toCompletableFuture().join().orElseThrow();
  }

  void says(Operating operating, Optional<Restriction> restriction, long revision) {
    DevicePresence word =
        new DevicePresence(
            revision,
            DeviceKind.LOAD,
            operating,
            restriction,
            Optional.empty(),
            Map.of(),
            List.of(),
            Duration.ofSeconds(60));
    world
        .service()
        .presence(
            device, true, Show.AVAILABLE, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  static Restriction upgrading(String note) {
    return new Restriction(
        RestrictionReason.UPGRADING, Set.of(), Optional.empty(), note, Optional.empty());
  }

  List<String> noticed(String kind) {
    return world.network.to(person, Wire.NOTICE).stream()
        .map(Payload::requireJson)
        .filter(notice -> notice.get("kind").asText().equals(kind))
        .map(notice -> notice.get("text").asText())
        .toList();
  }

  List<Inquiry> asked(FullJid session) {
    return world.network.to(session, Wire.INQUIRE).stream()
        .map(each -> Inquiry.read(each.requireJson()))
        .toList();
  }

  void stayWithoutAnswer(Duration time) {
    // A device that is there renews its lease all the while.
    for (long passed = 0; passed < time.toSeconds(); passed += 5) {
      world.pass(Duration.ofSeconds(5));
      world.service().heard(device);
    }
  }
}
