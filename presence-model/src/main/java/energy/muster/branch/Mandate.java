// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A person's signed word what a master IED may order by itself, and until when. It gives no more
 * than the person may order; one with no verbs takes an earlier one back.
 *
 * @param to the master IED
 * @param area the devices it may order about
 * @param revision counts from 1; a later one of the same master replaces it
 * @param verbs what it may order, in the order in which it is to try them
 * @param max how much its orders may move together at any time
 * @param floor how much load stays on, whatever the branch carries
 * @param until at most {@link #LONGEST} after it was issued
 */
public record Mandate(
    Header header,
    BareJid to,
    Area area,
    long revision,
    List<Verb> verbs,
    Power max,
    Power floor,
    Instant until) {
  public static final Duration LONGEST = Duration.ofDays(7);

  /**
   * Of these, an order under a mandate says how much each device is asked for at most, and ends
   * with it.
   */
  public static final Set<Verb> MEASURED =
      Collections.unmodifiableSet(EnumSet.of(Verb.SHED, Verb.START));

  /** Of these, it says how much the branch carries less by each; a switch stays as it is. */
  public static final Set<Verb> COUNTED =
      Collections.unmodifiableSet(EnumSet.of(Verb.SHED, Verb.START, Verb.CLOSE));

  public Mandate {
    Objects.requireNonNull(to);
    Objects.requireNonNull(area);
    Objects.requireNonNull(max);
    Objects.requireNonNull(floor);
    verbs = List.copyOf(verbs);
    require(header.type() == DocumentType.MANDATE, "the header is not of a mandate");
    require(revision >= 1, "a mandate's revision counts from 1");
    require(
        Rights.MANDATED.containsAll(verbs) && new HashSet<>(verbs).size() == verbs.size(),
        "a mandate is for shed, restore, start, stop, close and open, each once, not for " + verbs);
    require(
        until.isAfter(header.issuedAt()) && !until.isAfter(header.issuedAt().plus(LONGEST)),
        "a mandate ends after it was issued, at most " + LONGEST.toDays() + " days after");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public boolean endedAt(Instant now) {
    return !now.isBefore(until);
  }

  public static Mandate read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Mandate::read);
  }

  private static Mandate read(Fields fields) {
    return new Mandate(
        Header.read(fields, DocumentType.MANDATE),
        fields.value("for", BareJid::parse),
        fields.value("area", Area::new),
        fields.integer("revision"),
        fields.values("verbs", Verb::named),
        Power.kilowatts(fields.decimal("maxKw")),
        Power.kilowatts(fields.decimal("floorKw")),
        fields.instant("until"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header.write().put("for", to.toString()).put("area", area.name()).put("revision", revision);
    ArrayNode allowed = object.putArray("verbs");
    verbs.forEach(verb -> allowed.add(verb.wire()));
    return Json.bytes(
        object
            .put("maxKw", max.kilowatts())
            .put("floorKw", floor.kilowatts())
            .put("until", until.toString()));
  }
}
