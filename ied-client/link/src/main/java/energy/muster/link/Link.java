// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A standing connection to the service that re-establishes and re-proves itself until it is closed.
 * Safe for use by many threads.
 */
public interface Link extends AutoCloseable {
  BareJid account();

  LinkState state();

  /** The address of the present session; empty while there is none. */
  default Optional<FullJid> self() {
    return Optional.empty();
  }

  /** What the service granted the proven session; empty while it is not proven. */
  default Optional<SessionTerms> terms() {
    return Optional.empty();
  }

  /**
   * Asks the service with an IQ get. Completes with its answer, or exceptionally with {@code
   * energy.muster.refusal.Refused} for a typed no, or with {@link LinkException} when nobody can
   * know (time-out, cut): then ask again with the same id.
   */
  CompletableFuture<Payload> get(Payload question);

  /** As {@link #get}, with an IQ set. */
  CompletableFuture<Payload> set(Payload submission);

  /**
   * Asks about another account with an IQ get, which the server answers on its behalf; otherwise as
   * {@link #get}.
   */
  default CompletableFuture<Payload> ask(BareJid account, Payload question) {
    return CompletableFuture.failedFuture(new LinkException("this link cannot ask " + account));
  }

  /** Hands something to another client's session with an IQ set; otherwise as {@link #set}. */
  default CompletableFuture<Payload> hand(FullJid session, Payload document) {
    return CompletableFuture.failedFuture(new LinkException("this link cannot reach " + session));
  }

  /** The time a bare XMPP ping (XEP-0199) takes to another client and back. */
  default CompletableFuture<Duration> ping(FullJid peer) {
    return CompletableFuture.failedFuture(new LinkException("this link cannot ping " + peer));
  }

  /**
   * Tells another account with a headline message, as devices warn their peers; whether it arrives
   * is not known.
   *
   * @throws LinkException when there is no session to send it on
   */
  default void tell(BareJid peer, Payload message) {
    throw new LinkException("this link cannot tell " + peer + " anything");
  }

  /**
   * Rooms, by the session there is now.
   *
   * @throws LinkException when there is none
   */
  default Rooms rooms() {
    throw new LinkException("this link knows of no rooms");
  }

  /** What carries the session there is now. */
  default Optional<Transport> transport() {
    return Optional.empty();
  }

  /** Sends this presence now, and again on every new session, until another replaces it. */
  void announce(Announcement announcement);

  /**
   * From now on the service is to hear something within this time, on this session and every new
   * one; until this is called, within what it granted.
   */
  default void lease(Duration promised) {}

  /** Takes leave with a reason, so that the absence is no fault, and closes. */
  void goodbye(String reason, Optional<Instant> nextContact);

  /** Closes without a word; the service will call it a fault if this is a device. */
  @Override
  void close();
}
