// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Who is told of an order in its issuer's place. Only for use at the desk. */
public final class Heirs {
  private final Map<DocumentId, BareJid> heirs = new HashMap<>();

  public void install(Collection<DocumentId> orders, BareJid heir) {
    orders.forEach(order -> heirs.put(order, heir));
  }

  public BareJid of(DocumentId order, BareJid issuer) {
    return heirs.getOrDefault(order, issuer);
  }
}
