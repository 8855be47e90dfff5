// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.FirmwareRecord.Reported;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Upgrades whose time is over, as long as they are kept. */
public interface UpgradeArchive {
  /**
   * What was signed about an upgrade besides the order and the outcomes.
   *
   * @param reports of its devices, because of it, oldest first
   * @param acts of people, oldest first
   */
  record UpgradePapers(List<Reported> reports, List<Acted> acts) {
    public UpgradePapers {
      reports = List.copyOf(reports);
      acts = List.copyOf(acts);
    }
  }

  /** The upgrades whose time was over by then, the newest first, at most so many. */
  CompletionStage<List<DocumentId>> upgrades(Instant by, int limit);

  /** What there is of one; nothing of what is none. */
  CompletionStage<UpgradePapers> papers(DocumentId upgrade);
}
