// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Leaf;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Sealed;
import java.util.Objects;

/**
 * The order that a device gave to itself, as it stands beside the outcome of it: nobody else knows
 * of it before.
 *
 * @param command as the device sealed it
 * @param journalSeq how far the device's journal is
 */
public record SelfOrder(Sealed command, Leaf leaf, long journalSeq) {
  public SelfOrder {
    Objects.requireNonNull(command);
    Objects.requireNonNull(leaf);
  }

  public static SelfOrder read(ObjectNode beside) {
    return Fields.readAll(
        beside,
        fields ->
            new SelfOrder(
                Sealed.ofPieces(fields.values("command", piece -> piece)),
                Leaf.read(fields.object("leaf")),
                fields.integer("journalSeq")));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("journalSeq", journalSeq);
    ArrayNode pieces = object.putArray("command");
    command.pieces().forEach(pieces::add);
    object.set("leaf", leaf.write());
    return object;
  }
}
