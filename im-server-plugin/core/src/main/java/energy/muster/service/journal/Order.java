// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import java.util.List;

/**
 * A command and where each of its deliveries stands.
 *
 * @param deliveries all of them, by index
 */
public record Order(Submission submission, List<Delivery> deliveries) {
  public Order {
    deliveries = List.copyOf(deliveries);
  }

  public DocumentId id() {
    return submission.id();
  }
}
