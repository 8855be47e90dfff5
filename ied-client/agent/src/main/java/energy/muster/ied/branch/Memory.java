// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.branch.MandateBook;
import energy.muster.json.Fields;
import java.util.List;
import java.util.Optional;

/**
 * What a device must not forget of mandates when its process ends.
 *
 * @param mandates the newest that it believed, of any master IED
 * @param reliefs what it has done under its own, if it is a master IED
 * @param moves what it has begun under its own and not ended
 */
public record Memory(MandateBook mandates, Reliefs reliefs, Moves moves) {
  /** With what {@link #save} left, if anything. */
  public static Memory read(Optional<Fields> state) {
    return new Memory(
        state
            .flatMap(fields -> fields.optionalObject("mandates"))
            .map(MandateBook::read)
            .orElseGet(MandateBook::new),
        Reliefs.read(list(state, "reliefs")),
        Moves.read(list(state, "moves")));
  }

  private static List<Fields> list(Optional<Fields> state, String name) {
    return state
        .filter(fields -> fields.has(name))
        .map(fields -> fields.objects(name))
        .orElse(List.of());
  }

  public void save(ObjectNode state) {
    state.set("mandates", mandates.write());
    state.set("reliefs", reliefs.write());
    state.set("moves", moves.write());
  }
}
