// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Timetable;
import energy.muster.session.SessionProof;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The open streams, and for each account the newest that has proven its key. Changed at the desk
 * only; may be read by any thread.
 */
public final class Sessions {
  private final Map<FullJid, Session> open = new ConcurrentHashMap<>();
  private final Map<BareJid, Session> proven = new ConcurrentHashMap<>();
  private final Map<BareJid, Set<Session>> streams = new HashMap<>();
  private final InstantSource clock;
  private final Timetable timetable;
  private final Outbound outbound;
  private SessionListener listener;

  public Sessions(InstantSource clock, Timetable timetable, Outbound outbound) {
    this.clock = clock;
    this.timetable = timetable;
    this.outbound = outbound;
  }

  public void listener(SessionListener hears) {
    listener = hears;
  }

  public void opened(FullJid jid, String streamId) {
    Session replaced = open.get(jid);
    if (replaced != null) {
      if (replaced.streamId().equals(streamId)) {
        return;
      }
      remove(replaced);
    }
    Session session = new Session(jid, streamId, clock.instant());
    open.put(jid, session);
    streams.computeIfAbsent(jid.bare(), any -> new HashSet<>()).add(session);
    listener.streamsChanged(jid.bare());
  }

  public void closed(FullJid jid, String streamId) {
    Session session = open.get(jid);
    if (session != null && session.streamId().equals(streamId)) {
      remove(session);
    }
  }

  private void remove(Session session) {
    open.remove(session.jid());
    streams.computeIfPresent(
        session.account(), (any, all) -> all.remove(session) && all.isEmpty() ? null : all);
    end(session);
    listener.streamsChanged(session.account());
  }

  /** Any stanza came; the second value says whether somebody waits for it. Any thread. */
  public Optional<Session> heard(FullJid jid) {
    Session session = open.get(jid);
    if (session == null) {
      return Optional.empty();
    }
    session.heard(clock.instant());
    return session.awaited() ? Optional.of(session) : Optional.empty();
  }

  public Optional<Session> session(FullJid jid) {
    return Optional.ofNullable(open.get(jid));
  }

  /** The session that speaks for the account. */
  public Optional<Session> proven(BareJid account) {
    return Optional.ofNullable(proven.get(account));
  }

  /** The session if it speaks for its account; otherwise refused as not proven. */
  public Session requireProven(FullJid jid) {
    Session session = open.get(jid);
    if (session != null
        && proven.get(jid.bare()) == session
        && session.certified().filter(who -> who.validAt(clock.instant())).isPresent()) {
      return session;
    }
    throw new Refused(
        Reason.NOT_PROVEN,
        "this session has not proven the key of "
            + jid.bare()
            + ", or a newer session has: take a challenge and prove it again");
  }

  /** Proven sessions of persons that match. */
  public List<Session> persons(Predicate<Certified> which) {
    return proven.values().stream()
        .filter(session -> !session.isDevice())
        .filter(session -> session.certified().filter(which).isPresent())
        .toList();
  }

  public Collection<Session> allProven() {
    return List.copyOf(proven.values());
  }

  /** Whether the account has a stream other than this one; only at the desk. */
  public boolean anotherStream(BareJid account, Optional<Session> than) {
    return streams.getOrDefault(account, Set.of()).stream()
        .anyMatch(session -> !than.equals(Optional.of(session)));
  }

  /** Makes this session the one that speaks for its account. */
  void prove(Session session, Certified who, SessionProof proof) {
    if (open.get(session.jid()) != session) {
      throw new Refused(Reason.NOT_PROVEN, "the session ended while its proof was checked");
    }
    Session older = proven.get(session.account());
    if (older != null && older != session) {
      older.lapse();
      proven.remove(session.account());
      listener.replaced(older);
    }
    session.prove(who, timetable.at(who.notAfter().plusMillis(1), () -> expire(session)));
    proven.put(session.account(), session);
    listener.proven(session, proof);
  }

  /** The certificate's time is over. */
  private void expire(Session session) {
    end(session);
    require(session);
  }

  /** Ends the proofs of certificates that no longer hold. */
  public void recheck(Predicate<Certified> holds) {
    for (Session session : allProven()) {
      if (session.certified().filter(holds).isEmpty()) {
        end(session);
        require(session);
      }
    }
  }

  private void end(Session session) {
    if (proven.remove(session.account(), session)) {
      listener.ended(session);
      session.lapse();
    }
  }

  /** The session became unavailable: should it go on, it proves itself again. */
  public void leave(Session session) {
    end(session);
  }

  /** Reminds a session once that it must prove itself to be listened to. */
  public void remind(Session session) {
    if (session.remind()) {
      require(session);
    }
  }

  private void require(Session session) {
    outbound.tell(session.jid(), Payload.empty(Wire.REQUIRED));
  }
}
