// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import org.jivesoftware.smack.AbstractXMPPConnection;

/**
 * A Smack connection that shows each incoming stanza to the session first, on the reader's thread:
 * that keeps the order of the stream and saves Smack's hop between threads.
 */
interface Stream {
  AbstractXMPPConnection connection();

  /** Ends the connection without a word. */
  void cut();
}
