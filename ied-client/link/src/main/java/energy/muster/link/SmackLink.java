// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jivesoftware.smack.packet.IQ;

/**
 * The link over Smack: one {@link Session} after another. Decisions are taken on {@link Control},
 * the {@link Owner} is called on an executor of its own, and neither waits for the network.
 */
final class SmackLink implements Link, SessionEvents, SessionKeeper.Events {
  private static final Duration PARTING_WITHIN = Duration.ofSeconds(2);

  private final LinkConfig config;
  private final StreamFactory streams;
  private final LinkThreads threads;
  private final InstantSource clock;
  private final Backoff reconnects;
  private final Backoff proofs;
  private final Control control;
  private final Owner owner;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile LinkState state = LinkState.CONNECTING;
  private volatile Optional<Session> session = Optional.empty();
  private volatile Optional<SessionTerms> terms = Optional.empty();
  // The rest belongs to control.
  private Optional<SessionKeeper> keeper = Optional.empty();
  private Optional<Announcement> announcement = Optional.empty();
  private Optional<Duration> promised = Optional.empty();

  /** Takes the source of jitter, uniform in [0, 1). Nothing happens before {@link #start}. */
  SmackLink(
      LinkConfig config,
      LinkListener listener,
      LinkThreads threads,
      InstantSource clock,
      DoubleSupplier random)
      throws IOException {
    this.config = config;
    this.streams = new StreamFactory(config);
    this.threads = threads;
    this.clock = clock;
    this.reconnects = new Backoff(random);
    this.proofs = new Backoff(random);
    this.control = new Control(threads);
    this.owner = new Owner(config.account(), listener, new Control(threads));
  }

  void start() {
    control.execute(this::connect);
  }

  @Override
  public BareJid account() {
    return config.account();
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public Optional<FullJid> self() {
    return session.flatMap(Session::self);
  }

  @Override
  public Optional<Transport> transport() {
    return open().map(Session::way);
  }

  @Override
  public Optional<SessionTerms> terms() {
    return terms;
  }

  @Override
  public CompletableFuture<Payload> get(Payload question) {
    return ask(IQ.Type.get, question);
  }

  @Override
  public CompletableFuture<Payload> set(Payload submission) {
    return ask(IQ.Type.set, submission);
  }

  @Override
  public CompletableFuture<Payload> ask(BareJid account, Payload question) {
    return toOther(IQ.Type.get, account.toString(), question);
  }

  @Override
  public CompletableFuture<Payload> hand(FullJid to, Payload document) {
    return toOther(IQ.Type.set, to.toString(), document);
  }

  // Also by a session that is not proven: it is the service that is not there to prove it to.
  private CompletableFuture<Payload> toOther(IQ.Type type, String to, Payload question) {
    return open()
        .map(open -> open.toOther(type, to, question, owner))
        .orElseGet(SmackLink::notConnected);
  }

  @Override
  public CompletableFuture<Duration> ping(FullJid peer) {
    return open().map(open -> open.ping(peer)).orElseGet(SmackLink::notConnected);
  }

  @Override
  public void tell(BareJid peer, Payload message) {
    open().orElseThrow(() -> new LinkException("not connected")).tell(peer, message);
  }

  @Override
  public Rooms rooms() {
    return open().orElseThrow(() -> new LinkException("not connected")).rooms();
  }

  @Override
  public void announce(Announcement newest) {
    control.execute(
        () -> {
          announcement = Optional.of(newest);
          keeper.ifPresent(keeping -> keeping.announce(newest));
        });
  }

  @Override
  public void lease(Duration newest) {
    control.execute(
        () -> {
          promised = Optional.of(newest);
          keeper.ifPresent(keeping -> keeping.lease(newest));
        });
  }

  @Override
  public void goodbye(String reason, Optional<Instant> nextContact) {
    if (closing.compareAndSet(false, true)) {
      open().ifPresent(open -> part(open, reason, nextContact));
      end();
    }
  }

  @Override
  public void close() {
    closing.set(true);
    end();
  }

  private CompletableFuture<Payload> ask(IQ.Type type, Payload question) {
    CompletableFuture<Payload> asked =
        open().map(open -> open.ask(type, question, owner)).orElseGet(SmackLink::notConnected);
    Futures.whenDone(
        asked,
        (answer, failure) -> {
          if (Futures.isNotProven(failure)) {
            control.execute(() -> keeper.ifPresent(SessionKeeper::notProven));
          }
        });
    return asked;
  }

  private Optional<Session> open() {
    return session.filter(open -> open.self().isPresent());
  }

  private static <T> CompletableFuture<T> notConnected() {
    return CompletableFuture.failedFuture(new LinkException("not connected"));
  }

  private void part(Session open, String reason, Optional<Instant> nextContact) {
    try {
      // Completed on the reader's thread, because the caller may be the owner's.
      open.probe(IQ.Type.set, Partings.goodbye(reason, nextContact), Runnable::run)
          .get(PARTING_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LogLines.LINK.info("{} left without the service's answer: {}", account(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.leave(reason);
  }

  private void end() {
    control.execute(
        () -> {
          keeper = Optional.empty();
          terms = Optional.empty();
          session.ifPresent(Session::cut);
          session = Optional.empty();
          moveTo(LinkState.CLOSED);
          closed.complete(null);
        });
    closed.join();
  }

  private void connect() {
    if (closing.get()) {
      return;
    }
    try {
      Session attempt =
          new Session(config.server().next(), streams, config, threads, System::nanoTime, this);
      session = Optional.of(attempt);
      threads.handshakes().execute(() -> open(attempt));
    } catch (IOException | RuntimeException e) {
      retry(config.server().toString(), e);
    } catch (Error e) {
      retry(config.server().toString(), shortage(e));
    }
  }

  /** Blocks; on a handshake thread. */
  private void open(Session attempt) {
    try {
      attempt.open();
      control.execute(() -> opened(attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lost(attempt, e);
    } catch (Exception e) {
      lost(attempt, e);
    } catch (Error e) {
      lost(attempt, shortage(e));
    }
  }

  // No thread or no memory to be had, as a rule: a later try may find some.
  private static Exception shortage(Error error) {
    return new LinkException(error.toString(), error);
  }

  private void opened(Session opened) {
    if (!isCurrent(opened)) {
      return;
    }
    config.server().worked(opened.way());
    LogLines.LINK.info(
        "{} is connected to {}", opened.name(), config.server().describe(opened.way()));
    moveTo(LinkState.CONNECTED);
    if (config.identity().isEmpty()) {
      reconnects.reset();
    }
    SessionKeeper keeping =
        new SessionKeeper(opened, config, control, clock, proofs, announcement, this);
    keeper = Optional.of(keeping);
    promised.ifPresent(keeping::lease);
    keeping.start();
  }

  @Override
  public void asked(Session from, PayloadIq question) {
    owner.asked(from, question);
  }

  @Override
  public void puzzled(Session from, IQ question) {
    owner.puzzled(from, question);
  }

  @Override
  public void told(Session from, Payload message) {
    if (message.wire() == Wire.REQUIRED) {
      control.execute(() -> keeper.ifPresent(SessionKeeper::required));
    } else {
      owner.told(message);
    }
  }

  @Override
  public void warned(Session by, BareJid from, Payload warning) {
    owner.warned(from, warning);
  }

  @Override
  public void said(Session from, BareJid person, String text) {
    owner.said(person, text);
  }

  @Override
  public void heard(Session by, RoomLine line) {
    owner.heard(line);
  }

  @Override
  public void expelled(Session by, String room) {
    owner.expelled(room);
  }

  @Override
  public void unanswered(Session by) {
    control.execute(
        () -> {
          if (isCurrent(by)) {
            keeper.ifPresent(SessionKeeper::doubt);
          }
        });
  }

  @Override
  public void proven(SessionTerms granted) {
    terms = Optional.of(granted);
    reconnects.reset();
    moveTo(LinkState.PROVEN);
  }

  @Override
  public void lapsed() {
    terms = Optional.empty();
    moveTo(LinkState.CONNECTED);
  }

  @Override
  public void dead(Session silent) {
    lost(silent, new IOException("the server does not answer"));
  }

  @Override
  public void lost(Session gone, Exception cause) {
    control.execute(
        () -> {
          if (isCurrent(gone)) {
            if (keeper.isEmpty() && !Partings.isLasting(cause)) {
              config.server().failed(gone.way());
            }
            session = Optional.empty();
            keeper = Optional.empty();
            terms = Optional.empty();
            // First, because there may be no thread for the others.
            retry(config.server().describe(gone.way()), cause);
            moveTo(LinkState.CONNECTING);
            threads.work().execute(gone::cut);
          }
        });
  }

  private void retry(String where, Exception cause) {
    Duration wait = Partings.isLasting(cause) ? reconnects.longest() : reconnects.next();
    LogLines.LINK.warn(
        "{} has no connection to {}, next try in {} s: {}",
        account(),
        where,
        wait.toMillis() / 1000.0,
        Partings.describe(cause));
    control.after(wait, this::connect);
  }

  private boolean isCurrent(Session candidate) {
    return !closing.get() && session.filter(current -> current == candidate).isPresent();
  }

  private void moveTo(LinkState next) {
    if (state != next) {
      state = next;
      owner.changed(next);
    }
  }
}
