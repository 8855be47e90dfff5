// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;

/**
 * How many addressees an order has, and the root of the tree over them: all that the signed
 * document says of them.
 */
public record Targets(int count, Digest root) {
  public Targets {
    Objects.requireNonNull(root);
    if (count < 1 || count > TargetTree.MAX_TARGETS) {
      throw new IllegalArgumentException(
          "an order has 1 to " + TargetTree.MAX_TARGETS + " targets, not " + count);
    }
  }

  static Targets read(Fields fields) {
    Targets targets =
        new Targets(
            Math.toIntExact(Math.min(fields.integer("count"), Integer.MAX_VALUE)),
            fields.value("root", Digest::parse));
    fields.end();
    return targets;
  }

  ObjectNode write() {
    return Json.object().put("count", count).put("root", root.toString());
  }
}
