// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.certainty;

import energy.muster.presence.Certainty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the classes are by their definitions alone, from the log of one device: no timers, no
 * phases, only what was said when, and where the deadlines lie after it.
 */
final class Model {
  private static final Duration PROBE = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final int PROBES = 2;

  private final List<Happening> log = new ArrayList<>();

  void happened(Happening happening) {
    log.add(happening);
  }

  Certainty at(Instant now) {
    Facts facts = new Facts();
    for (Happening each : log) {
      facts.pass(each.at());
      facts.take(each);
    }
    facts.pass(now);
    return facts.certainty(now);
  }

  /** What follows from the log so far. */
  private static final class Facts {
    private final Set<Integer> open = new HashSet<>();
    private Optional<Integer> speaking = Optional.empty();
    private Optional<Instant> expected = Optional.empty();
    private Instant sign = Instant.EPOCH;
    private Duration lease = LEASE;
    private Duration grace = GRACE;
    private boolean answers = true;
    private int missed;
    private boolean givenUp;

    void take(Happening happening) {
      if (happening instanceof Happening.Opened opened) {
        open.add(opened.stream());
      } else if (happening instanceof Happening.Proved proved) {
        open.add(proved.stream());
        speaking = Optional.of(proved.stream());
        sign(proved.at());
      } else if (happening instanceof Happening.Closed closed) {
        open.remove(closed.stream());
        if (speaking.equals(Optional.of(closed.stream()))) {
          speaking = Optional.empty();
          expected = Optional.empty();
        }
      } else if (happening instanceof Happening.Heard heard) {
        sign(heard.at());
      } else if (happening instanceof Happening.Promised promised) {
        lease = promised.lease();
        grace = promised.grace();
        sign(promised.at());
      } else if (happening instanceof Happening.TookLeave leave) {
        speaking = Optional.empty();
        expected = leave.next();
      } else if (happening instanceof Happening.Answering answering) {
        answers = answering.yes();
      } else if (happening instanceof Happening.Restarted) {
        open.clear();
        if (speaking.isPresent()) {
          speaking = Optional.empty();
          expected = Optional.empty();
        }
      }
    }

    private void sign(Instant at) {
      sign = at;
      missed = 0;
      givenUp = false;
    }

    /** Each probe that falls due by then is answered or not as the device is at that moment. */
    void pass(Instant until) {
      while (speaking.isPresent() && !givenUp && !until.isBefore(due())) {
        if (missed == PROBES) {
          givenUp = true;
        } else if (answers) {
          sign(due());
        } else {
          missed++;
        }
      }
    }

    private Instant due() {
      return sign.plus(lease).plus(grace).plus(PROBE.multipliedBy(missed));
    }

    Certainty certainty(Instant now) {
      if (speaking.isPresent() && !givenUp) {
        return now.isBefore(sign.plus(lease)) ? Certainty.REAL : Certainty.ACTUAL;
      }
      if (open.stream().anyMatch(stream -> !speaking.equals(Optional.of(stream)))) {
        return Certainty.NETWORK;
      }
      return speaking.isEmpty()
              && expected.filter(next -> now.isBefore(next.plus(grace))).isPresent()
          ? Certainty.PREDICTED
          : Certainty.TEMPORARY;
    }
  }
}
