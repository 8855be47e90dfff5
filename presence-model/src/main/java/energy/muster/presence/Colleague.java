// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A person as the service knows them, for somebody who works in the same area.
 *
 * @param grants roles and areas by their certificate, as far as whoever asks shares them
 * @param presence their last word; empty if they never said any
 * @param since when they said it
 * @param heard when any stanza last came from them
 */
public record Colleague(
    BareJid person,
    Set<Grant> grants,
    Optional<PersonPresence> presence,
    Instant since,
    Certainty certainty,
    Instant heard) {
  public Colleague {
    Objects.requireNonNull(person);
    Objects.requireNonNull(presence);
    Objects.requireNonNull(since);
    Objects.requireNonNull(certainty);
    Objects.requireNonNull(heard);
    grants = Set.copyOf(grants);
  }

  /** Whether some session of theirs is there, proven or not. */
  public boolean there() {
    return certainty.reachable() || certainty == Certainty.NETWORK;
  }

  /** As they are to be counted; whoever is not there is off duty. */
  public Duty duty() {
    return there() ? presence.map(PersonPresence::effective).orElse(Duty.ON_DUTY) : Duty.OFF_DUTY;
  }

  public static Colleague read(Fields fields) {
    return fields.some(
        known ->
            new Colleague(
                known.value("person", BareJid::parse),
                Set.copyOf(
                    known.objects("grants").stream()
                        .map(
                            grant ->
                                new Grant(
                                    grant.oneOf("role", Role::ofWire),
                                    grant.value("area", Area::new)))
                        .toList()),
                known.optionalObject("presence").map(PersonPresence::read),
                known.instant("since"),
                known.oneOf("certainty", Certainty::ofWire),
                known.instant("heard")));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("person", person.toString());
    ArrayNode rights = object.putArray("grants");
    new TreeSet<>(grants)
        .forEach(
            grant ->
                rights
                    .addObject()
                    .put("role", grant.role().wire())
                    .put("area", grant.area().name()));
    presence.ifPresent(word -> object.set("presence", word.write()));
    return object
        .put("since", since.toString())
        .put("certainty", certainty.wire())
        .put("heard", heard.toString());
  }
}
