// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.identity.BareJid;
import energy.muster.session.SessionProof;

/** Hears at the desk what becomes of sessions. */
public interface SessionListener {
  /** The session has proven the key of its account and is now the account's one. */
  void proven(Session session, SessionProof proof);

  /** A newer session of the account proves the key: this one no longer speaks for it. */
  void replaced(Session older);

  /** The session no longer speaks for its account, and none does. */
  void ended(Session session);

  /** The account has a session more or less. */
  void streamsChanged(BareJid account);
}
