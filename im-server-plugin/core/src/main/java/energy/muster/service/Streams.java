// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.wire.Payload;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a host tells of its client sessions, on any thread; nothing here waits. */
public interface Streams {
  /** A session was bound. Call it also for those that stand when the service starts. */
  void sessionOpened(FullJid session, String streamId);

  /** The stream ended, however it did; another stream of the same address is not meant. */
  void sessionClosed(FullJid session, String streamId);

  /** Any stanza came from this session. Cheap. */
  void heard(FullJid session);

  /**
   * A session's presence, also when it becomes unavailable. Show and status are derived from the
   * device's own element where they matter.
   */
  void presence(
      FullJid session, boolean available, Show show, String status, Optional<Payload> device);

  /**
   * What a session that is available says of its person.
   *
   * @param byConsole whether it said so in an element of ours, not only with show and status
   */
  void person(FullJid session, PersonPresence word, boolean byConsole);

  /**
   * Keeps a chat line of one person to another who is not there, if they may know of each other.
   * What it does not keep goes its usual way.
   *
   * @return completes when it is on disk, and fails when it is not; empty for what it does not keep
   */
  Optional<CompletionStage<Void>> keep(FullJid from, BareJid to, String text);

  /** Whether this session may send one more stanza now; one that may not is counted. */
  boolean admit(FullJid from);
}
