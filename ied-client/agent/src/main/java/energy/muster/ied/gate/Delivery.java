// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.command.Leaf;
import energy.muster.json.Fields;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import java.util.List;
import java.util.Objects;

/**
 * A sealed command with the proof that this device is meant.
 *
 * @param index where the leaf stands among the targets
 * @param path the sibling hashes from the leaf up to the root
 */
public record Delivery(Sealed sealed, Leaf leaf, int index, List<Digest> path) {
  public Delivery {
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(leaf);
    path = List.copyOf(path);
  }

  /** Reads a {@code deliver} element, or refuses it as malformed. */
  public static Delivery read(Payload payload) {
    Sealed sealed = payload.requireSealed();
    return Fields.readAll(
        payload.requireJson(),
        fields ->
            new Delivery(
                sealed,
                Leaf.read(fields.object("leaf")),
                Math.toIntExact(fields.integer("index")),
                fields.values("path", Digest::parse)));
  }
}
