// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Something that changed and is in no change set yet.
 *
 * @param number rises with each change, by gaps perhaps
 */
public record PendingChange(long number, Instant at, List<String> flags, ObjectNode record) {
  public PendingChange {
    flags = List.copyOf(flags);
    record = record.deepCopy();
  }

  @Override
  public ObjectNode record() {
    return record.deepCopy();
  }
}
