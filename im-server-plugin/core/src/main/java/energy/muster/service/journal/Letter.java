// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An alarm on its way to one address outside the network.
 *
 * @param id the same however often it is tried
 * @param to a mail address, or the address of a webhook
 * @param alarm as it stood when nobody was found
 * @param word what the device had signed of it, if it was the device's
 * @param at when that was
 * @param tries how often it was tried
 * @param next when it is tried again, as long as it waits
 * @param note why it failed last, or why it ended; may be empty
 */
public record Letter(
    DocumentId id,
    Way way,
    String to,
    AlarmEntry alarm,
    Optional<Sealed> word,
    Instant at,
    int tries,
    Instant next,
    State state,
    String note) {
  /** How it leaves. */
  public enum Way {
    MAIL,
    WEBHOOK;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Way> ofWire(String wire) {
      return Arrays.stream(values()).filter(way -> way.wire().equals(wire)).findFirst();
    }
  }

  /** How far it has come. */
  public enum State {
    WAITING,
    SENT,
    /** Nobody needs it any more. */
    DROPPED,
    /** It was tried for too long. */
    GIVEN_UP;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<State> ofWire(String wire) {
      return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }
  }

  public Letter {
    Objects.requireNonNull(id);
    Objects.requireNonNull(way);
    Objects.requireNonNull(to);
    Objects.requireNonNull(alarm);
    Objects.requireNonNull(word);
    Objects.requireNonNull(at);
    Objects.requireNonNull(next);
    Objects.requireNonNull(state);
    Objects.requireNonNull(note);
  }

  /** One that was not tried yet. */
  public static Letter of(
      DocumentId id, Way way, String to, AlarmEntry alarm, Optional<Sealed> word, Instant at) {
    return new Letter(id, way, to, alarm, word, at, 0, at, State.WAITING, "");
  }

  public Letter putOff(Instant until) {
    return new Letter(id, way, to, alarm, word, at, tries, until, state, note);
  }

  public Letter failed(String why, Instant again) {
    return new Letter(id, way, to, alarm, word, at, tries + 1, again, State.WAITING, why);
  }

  public Letter ended(State end, String why) {
    return new Letter(
        id, way, to, alarm, word, at, end == State.DROPPED ? tries : tries + 1, next, end, why);
  }
}
