// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What makes one JSON object into another (RFC 7396): null takes a member away. */
public final class MergePatch {
  private MergePatch() {}

  /** The patch from one object to the other; empty when they are the same. */
  public static ObjectNode between(ObjectNode before, ObjectNode after) {
    ObjectNode patch = Json.object();
    before.fieldNames().forEachRemaining(name -> removed(name, after, patch));
    after
        .fields()
        .forEachRemaining(
            member -> changed(member.getKey(), before.get(member.getKey()), member, patch));
    return patch;
  }

  private static void removed(String name, ObjectNode after, ObjectNode patch) {
    if (!after.has(name)) {
      patch.putNull(name);
    }
  }

  private static void changed(
      String name, JsonNode old, Map.Entry<String, JsonNode> member, ObjectNode patch) {
    JsonNode value = member.getValue();
    if (value.equals(old)) {
      return;
    }
    boolean within = old instanceof ObjectNode && value instanceof ObjectNode;
    patch.set(name, within ? between((ObjectNode) old, (ObjectNode) value) : value);
  }

  /** Makes the target what the patch says. */
  public static void apply(ObjectNode target, ObjectNode patch) {
    patch
        .fields()
        .forEachRemaining(
            member -> {
              if (member.getValue().isNull()) {
                target.remove(member.getKey());
              } else if (member.getValue() instanceof ObjectNode nested) {
                apply(within(target, member.getKey()), nested);
              } else {
                target.set(member.getKey(), member.getValue());
              }
            });
  }

  private static ObjectNode within(ObjectNode target, String name) {
    return target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
  }
}
