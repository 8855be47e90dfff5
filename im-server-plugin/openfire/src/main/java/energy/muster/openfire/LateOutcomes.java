// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.FullJid;
import energy.muster.refusal.Refused;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.dom4j.Element;
import org.dom4j.QName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;

/**
 * Outcomes that answer a delivery on which nobody waits any more, because the device was frozen or
 * far away: each counts as if the device had sent it by itself, and is checked like that.
 */
final class LateOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(LateOutcomes.class);
  private static final QName OUTCOME = QName.get(Wire.OUTCOME.element(), Wire.OUTCOME.namespace());

  private final MusterComponent.Requests requests;

  LateOutcomes(MusterComponent.Requests requests) {
    this.requests = requests;
  }

  /** Takes an answer that was not waited for; what is no outcome is left. */
  void take(IQ answer) {
    Optional<FullJid> from = Jids.full(answer.getFrom());
    Element child = answer.getType() == IQ.Type.result ? answer.getChildElement() : null;
    if (from.isEmpty() || child == null || !child.getQName().equals(OUTCOME)) {
      return;
    }
    try {
      requests
          .request(from.get(), true, PayloadXml.read(child))
          .whenComplete((kept, failure) -> log(from.get(), failure));
    } catch (Refused no) {
      log(from.get(), no);
    }
  }

  // The device is not told: it sends again what is not acknowledged, and is answered then.
  private static void log(FullJid from, Throwable failure) {
    if (failure != null) {
      LOG.debug("A late outcome of {} is not taken", from, failure);
    }
  }
}
