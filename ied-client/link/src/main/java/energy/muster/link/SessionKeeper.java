// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps one session proven, its lease renewed and its presence said. Runs on the link's control
 * executor.
 */
final class SessionKeeper {
  private final Session session;
  private final Optional<Proving> proving;
  private final Heartbeat heartbeat;
  private final Events events;
  private boolean proven;
  private boolean maySpeak;
  private Optional<Duration> promised = Optional.empty();
  private Optional<Announcement> announcement;
  private String lastFailure = "";

  /** What the link must know of it. */
  interface Events {
    void proven(SessionTerms terms);

    void lapsed();

    void dead(Session session);
  }

  SessionKeeper(
      Session session,
      LinkConfig config,
      Control control,
      InstantSource clock,
      Backoff proofs,
      Optional<Announcement> announcement,
      Events events) {
    this.session = session;
    this.events = events;
    this.announcement = announcement;
    this.heartbeat = new Heartbeat(session, control, this::notProven, () -> events.dead(session));
    this.proving =
        config
            .identity()
            .map(
                identity ->
                    new Proving(
                        config,
                        identity,
                        session,
                        clock,
                        proofs,
                        control,
                        this::proved,
                        this::unproved));
  }

  void start() {
    sending(session::greetService);
    heartbeat.beat();
    proving.ifPresentOrElse(Proving::prove, this::speak);
  }

  /** The service asks for a proof, whatever it knew before. */
  void required() {
    lapse();
    proving.ifPresent(Proving::prove);
  }

  /** Somebody was refused as not proven; many may be at once. */
  void notProven() {
    if (proven) {
      required();
    }
  }

  /** A request went unanswered. */
  void doubt() {
    heartbeat.ask();
  }

  void announce(Announcement newest) {
    announcement = Optional.of(newest);
    if (maySpeak) {
      speak();
    }
  }

  /** What the owner promises goes before what the service granted. */
  void lease(Duration newest) {
    boolean another = !promised.equals(Optional.of(newest));
    promised = Optional.of(newest);
    if (proven && another) {
      heartbeat.lease(newest);
    }
  }

  private void proved(SessionTerms terms) {
    proven = true;
    lastFailure = "";
    heartbeat.lease(promised.orElse(terms.lease()));
    events.proven(terms);
    // The service ignores a device's presence before the proof, so it is said (again) now.
    speak();
  }

  private void unproved(Throwable failure) {
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (!text.equals(lastFailure)) {
      lastFailure = text;
      LogLines.LINK.warn("{} is connected but not proven: {}", session.name(), text);
    }
    if (!maySpeak) {
      speak();
    }
  }

  private void lapse() {
    if (proven) {
      proven = false;
      heartbeat.lapsed();
      events.lapsed();
    }
  }

  private void speak() {
    maySpeak = true;
    announcement.ifPresent(newest -> sending(() -> session.announce(newest)));
  }

  /** What cannot be sent now is sent by the next session. */
  private void sending(Runnable presence) {
    try {
      presence.run();
    } catch (LinkException e) {
      LogLines.LINK.debug("{} could not send presence: {}", session.name(), e.getMessage());
    }
  }
}
