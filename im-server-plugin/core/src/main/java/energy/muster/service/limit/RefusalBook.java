// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.limit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.RefusalRecord;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Answers who looks after the whole site who was told no. A refusal may name any device, so a part
 * of the site is not enough.
 */
public final class RefusalBook {
  private static final int MAX_LIMIT = 200;
  private static final Set<Role> READERS = EnumSet.of(Role.AUDITOR, Role.SECURITY_ADMIN);

  private final Journal journal;

  public RefusalBook(Journal journal) {
    this.journal = journal;
  }

  public CompletionStage<Payload> refusals(Certified person, Payload request) {
    if (READERS.stream().noneMatch(role -> person.areas(role).contains(Area.ALL))) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "refusals are read by an auditor or a security-admin of the whole site");
    }
    return journal
        .refusals(Fields.readAll(request.requireJson(), RefusalBook::limit))
        .thenApply(found -> Payload.of(Wire.REFUSALS, json(found)));
  }

  private static int limit(Fields fields) {
    long limit = fields.integer("limit");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a limit is 1 to " + MAX_LIMIT);
    }
    return (int) limit;
  }

  private static ObjectNode json(RefusalRecord found) {
    ObjectNode json = Json.object();
    ArrayNode refusals = json.putArray("refusals");
    found
        .recorded()
        .forEach(
            each ->
                refusals
                    .addObject()
                    .put("at", each.at().toString())
                    .put("sender", each.sender().toString())
                    .put("reason", each.refusal().reason().wire())
                    .put("text", each.refusal().text()));
    ArrayNode counted = json.putArray("counted");
    found
        .counted()
        .forEach(
            each ->
                counted
                    .addObject()
                    .put("minute", each.minute().toString())
                    .put("sender", each.sender().toString())
                    .put("kind", each.kind().name().toLowerCase(Locale.ROOT))
                    .put("count", each.count()));
    return json;
  }
}
