// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import java.util.List;

/**
 * Who was told no, the newest first.
 *
 * @param recorded one by one
 * @param counted what was above the limit of a minute, and is known as a number alone
 */
public record RefusalRecord(List<Entry.RefusalNoted> recorded, List<Entry.ExcessCounted> counted) {
  public RefusalRecord {
    recorded = List.copyOf(recorded);
    counted = List.copyOf(counted);
  }
}
