// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Show;
import energy.muster.seal.Trust;
import energy.muster.service.journal.Journal;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The service. Its host tells it what happens on the server and carries out what it asks of its
 * ports. No method blocks on the network or the disk, except {@link #start()}, and all may be
 * called from many threads.
 */
public final class Service implements AutoCloseable {
  /**
   * Makes a service that is not started yet.
   *
   * @param workers runs checks of signatures and decisions; two threads or more
   */
  public Service(
      ServiceConfig config,
      Outbound outbound,
      Journal journal,
      InstantSource clock,
      Executor workers) {}

  /** Hears of changes for plain viewers; set before {@link #start()}. */
  public void viewers(Viewers viewers) {}

  /** Reads the journal back and waits until that is done. */
  public void start() {}

  /** Writes the last word of the devices and waits for it; answers nothing afterwards. */
  @Override
  public void close() {}

  /** A session was bound. Call it also for those that stand when the service starts. */
  public void sessionOpened(FullJid session, String streamId) {}

  /** The stream ended, however it did; another stream of the same address is not meant. */
  public void sessionClosed(FullJid session, String streamId) {}

  /** Any stanza came from this session. Cheap. */
  public void heard(FullJid session) {}

  /** A session's presence, also when it becomes unavailable. */
  public void presence(
      FullJid session, boolean available, Show show, String status, Optional<Payload> device) {}

  /**
   * A request to the service.
   *
   * @return the payload of the result, or exceptionally {@code Refused}, to be answered as a typed
   *     error; any other exception is a fault of ours
   */
  public CompletionStage<Payload> request(FullJid from, boolean set, Payload payload) {
    return CompletableFuture.failedFuture(new IllegalStateException("the service is not started"));
  }

  /** Whether this session may send one more stanza now; one that may not is counted. */
  public boolean admit(FullJid from) {
    return true;
  }

  /** Judges by this trust from now on; revocation lists already held that are newer are kept. */
  public void replaceTrust(Trust trust) {}

  /**
   * Does what is due.
   *
   * @return when to call again, at most {@code Timing.tick} after {@code now}
   */
  public Instant advanceTo(Instant now) {
    return now;
  }

  /** The device as this viewer may see it by a look-grant: only its show and status. */
  public Optional<Contact> look(BareJid viewer, BareJid device) {
    return Optional.empty();
  }
}
