// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * What the service sends. Implementations do not block and do not call back on the caller's thread
 * before they have returned, other than in tests.
 */
public interface Outbound {
  /**
   * Asks a session with an IQ set. The stage completes with the payload of the result, or
   * exceptionally with {@link energy.muster.refusal.Refused} when the session itself said no,
   * {@link Undeliverable} when the server says that there is no such session, so that it never got
   * the question, or {@link Unanswered} when nobody can know. Only an answer from exactly this
   * address counts.
   */
  CompletionStage<Payload> ask(FullJid to, Payload set);

  /**
   * Says something in ordinary chat, as this person; whether it arrives is not known.
   *
   * @param at when it was said
   */
  void say(BareJid from, FullJid to, String text, Instant at);

  /** Tells a session with a headline message; whether it arrives is not known. */
  void tell(FullJid to, Payload headline);
}
