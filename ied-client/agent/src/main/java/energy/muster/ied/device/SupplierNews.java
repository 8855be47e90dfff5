// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.response.SupplierChange;
import energy.muster.response.SupplierChoice;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The device's signed word of each change of its supplier, kept until the service has it. Of too
 * many the oldest go. Used by one thread at a time.
 */
final class SupplierNews {
  private static final String NAME = "supplierChanges";
  private static final int MOST = 32;

  private final Deque<Sealed> untold = new ArrayDeque<>();

  /**
   * @param saved what the predecessor left with {@link #save}
   */
  SupplierNews(Optional<Fields> saved) {
    saved
        .filter(state -> state.has(NAME))
        .ifPresent(
            state ->
                state
                    .objects(NAME)
                    .forEach(
                        kept ->
                            untold.add(Sealed.ofPieces(kept.values("sealed", piece -> piece)))));
  }

  Sealed sign(SupplierChoice.Change change, SigningIdentity identity, String site, Instant now) {
    SupplierChange said =
        new SupplierChange(
            new Header(
                DocumentType.SUPPLIER_CHANGE,
                site,
                DocumentId.next(now),
                identity.certified().jid(),
                now),
            change.from(),
            change.to(),
            change.reason(),
            change.usage());
    Sealed sealed = Sealer.seal(said.write(), now, identity);
    if (untold.size() == MOST) {
      untold.remove();
    }
    untold.add(sealed);
    return sealed;
  }

  List<Sealed> untold() {
    return List.copyOf(untold);
  }

  void told(Sealed sealed) {
    untold.remove(sealed);
  }

  void save(ObjectNode state) {
    if (untold.isEmpty()) {
      return;
    }
    ArrayNode list = state.putArray(NAME);
    for (Sealed sealed : untold) {
      ArrayNode pieces = list.addObject().putArray("sealed");
      sealed.pieces().forEach(pieces::add);
    }
  }
}
