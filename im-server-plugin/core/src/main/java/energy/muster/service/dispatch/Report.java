// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Recovered.Unreported;
import energy.muster.service.notice.Notices;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing to be told, and what is journaled when it has been.
 *
 * @param number which of all reports it is: they are told in this order
 * @param alone what is sent when nothing goes with it
 */
record Report(
    long number,
    BareJid issuer,
    DocumentId order,
    Optional<BareJid> device,
    Payload alone,
    Function<Instant, Entry> told) {
  static Report of(long number, Unreported outcome) {
    return new Report(
        number,
        outcome.issuer(),
        outcome.command(),
        Optional.of(outcome.device()),
        Payload.of(Wire.OUTCOME, outcome.outcome()),
        now -> new Entry.Reported(outcome.command(), outcome.device(), now));
  }

  static Report of(long number, Notice notice) {
    return new Report(
        number,
        notice.to(),
        notice.order(),
        notice.device(),
        Notices.payload(notice),
        now -> new Entry.Taken(notice.id(), now));
  }

  /** The sealed outcome; a notice has none. */
  Optional<Sealed> outcome() {
    return alone.sealed();
  }
}
