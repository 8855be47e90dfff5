// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept for each open session, and the end of those that say nothing for too long.
 *
 * @param <S> a session
 * @param <T> what is kept
 */
final class BoshSessions<S, T> {
  private static final Logger LOG = LoggerFactory.getLogger(BoshSessions.class);

  private final Map<S, T> open = new ConcurrentHashMap<>();
  private final Life<S> life;

  /** What is to be known of a session. */
  interface Life<S> {
    /**
     * For the log, in which the id of a session must not stand: whoever knows it is that client.
     */
    String name(S session);

    boolean closed(S session);

    /** For how long nothing has come. */
    Duration silence(S session);

    /** For how long nothing need come. */
    Duration patience(S session);

    void close(S session);

    /** Calls this when the session closes; never, if it is closed already. */
    void whenClosed(S session, Runnable then);
  }

  BoshSessions(Life<S> life) {
    this.life = life;
  }

  /** What is kept for this session, made when it is first asked for. */
  T of(S session, Function<S, T> make) {
    T kept =
        open.computeIfAbsent(
            session,
            fresh -> {
              life.whenClosed(fresh, () -> open.remove(fresh));
              return make.apply(fresh);
            });
    if (life.closed(session)) {
      // It closed before anybody listened for it.
      open.remove(session);
    }
    return kept;
  }

  int count() {
    return open.size();
  }

  /** To be called now and then; what fails for one session holds up no other, nor the next time. */
  void endSilent() {
    for (S session : List.copyOf(open.keySet())) {
      try {
        endIfSilent(session);
      } catch (RuntimeException e) {
        open.remove(session);
        LOG.warn("{} could not be ended", life.name(session), e);
      }
    }
  }

  private void endIfSilent(S session) {
    if (life.closed(session)) {
      open.remove(session);
      return;
    }
    Duration silence = life.silence(session);
    if (silence.compareTo(life.patience(session)) >= 0) {
      LOG.info(
          "{} has been silent for {} s, which ends it", life.name(session), silence.toSeconds());
      open.remove(session);
      life.close(session);
    }
  }
}
