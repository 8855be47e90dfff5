// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.refusal.Refusal;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Publication;
import energy.muster.tariff.PriceDocument;
import java.util.List;
import java.util.Optional;

/** What orders that publish prices mean to the site as a whole. Only for use at the desk. */
public interface Publications {
  /** Why nobody is to be brought this. */
  Optional<Refusal> refuse(PriceDocument document);

  /** Takes it; what is journaled together with its order. */
  List<Entry> take(Publication publication);

  /** It is on disk. */
  void kept(Publication publication);

  /** It is not on disk, so it was not published. */
  void undo(Publication publication);
}
