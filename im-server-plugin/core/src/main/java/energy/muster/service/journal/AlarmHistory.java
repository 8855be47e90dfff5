// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.alarm.AlarmTransition;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;

/** One alarm with all that happened to it, and every document, the oldest first. */
public record AlarmHistory(
    AlarmRecord alarm, List<AlarmTransition> transitions, List<Document> documents) {
  public AlarmHistory {
    transitions = List.copyOf(transitions);
    documents = List.copyOf(documents);
  }

  /** One sealed document. */
  public record Document(BareJid issuer, DocumentId id, Instant at, Sealed sealed) {}
}
