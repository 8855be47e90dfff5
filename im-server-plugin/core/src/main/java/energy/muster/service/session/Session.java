// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.service.desk.Timetable;
import java.time.Instant;
import java.util.Optional;

/** One stream of an account. Changed at the desk only; may be read by any thread. */
public final class Session {
  private final FullJid jid;
  private final String streamId;

  private volatile Instant heard;
  private volatile boolean awaited;
  private volatile Certified certified;
  private Optional<Timetable.Due> expires = Optional.empty();
  private String nonce;
  private Instant nonceUntil;
  private boolean reminded;

  Session(FullJid jid, String streamId, Instant now) {
    this.jid = jid;
    this.streamId = streamId;
    this.heard = now;
  }

  public FullJid jid() {
    return jid;
  }

  public BareJid account() {
    return jid.bare();
  }

  String streamId() {
    return streamId;
  }

  /** When any stanza last came from it. */
  public Instant heard() {
    return heard;
  }

  void heard(Instant now) {
    heard = now;
  }

  /** Whether somebody wants to know as soon as it is heard. */
  public boolean awaited() {
    return awaited;
  }

  public void await(boolean wanted) {
    awaited = wanted;
  }

  /** Whose key it has proven; empty before that and after the proof has lapsed. */
  public Optional<Certified> certified() {
    return Optional.ofNullable(certified);
  }

  /**
   * @param ends what is due when the certificate's time is over; struck as soon as the proof is
   *     over, or one for each proof would wait for that
   */
  void prove(Certified who, Timetable.Due ends) {
    expires.ifPresent(Timetable.Due::strike);
    expires = Optional.of(ends);
    certified = who;
  }

  void lapse() {
    expires.ifPresent(Timetable.Due::strike);
    expires = Optional.empty();
    certified = null;
  }

  public boolean isDevice() {
    Certified who = certified;
    return who != null && who.holds(Role.DEVICE);
  }

  void challenge(String fresh, Instant until) {
    nonce = fresh;
    nonceUntil = until;
  }

  /** The challenge that stands, which is thereby used up. */
  Optional<String> takeNonce(Instant now) {
    String standing = nonce != null && now.isBefore(nonceUntil) ? nonce : null;
    nonce = null;
    return Optional.ofNullable(standing);
  }

  /** Whether this is the first time it has to be told to prove itself. */
  boolean remind() {
    boolean first = !reminded;
    reminded = true;
    return first;
  }

  @Override
  public String toString() {
    return jid.toString();
  }
}
