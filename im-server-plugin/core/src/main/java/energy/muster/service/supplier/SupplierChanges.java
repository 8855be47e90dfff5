// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.supplier;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.response.SupplierChange;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.OwnWords;
import energy.muster.wire.Payload;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes devices' changes of supplier, for the journal and for people. Safe for many threads. */
public final class SupplierChanges {
  private final OwnWords words;
  private final Notices notices;

  /** A device says the next only when the last was answered, so that only the last may repeat. */
  private final Map<BareJid, DocumentId> last = new ConcurrentHashMap<>();

  public SupplierChanges(OwnWords words, Notices notices) {
    this.words = words;
    this.notices = notices;
  }

  public Payload changed(Certified device, Payload payload) {
    SupplierChange change =
        words.read(device, payload, SupplierChange::read, SupplierChange::header);
    DocumentId id = change.header().id();
    if (!id.equals(last.put(device.jid(), id))) {
      notices.tellOf(
          device,
          "supplier",
          "takes %s instead of %s since %s: %s"
              .formatted(change.to(), change.from(), change.header().issuedAt(), change.reason()));
    }
    return Payload.empty(payload.wire());
  }
}
