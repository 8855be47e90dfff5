// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.alarm.Alarm;
import energy.muster.ied.clock.Timer;
import energy.muster.json.Fields;
import energy.muster.link.Link;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Alarms on their way to the service, one after the other in their order, each until the service
 * has it. One that it has not taken in time is also told to people directly. Used by one thread at
 * a time.
 */
final class AlarmPost {
  /** How long the service has to take an alarm before people are told without it. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Timer timer;
  private final DirectCalls direct;
  private final Fates fates;
  private final InTurn<Letter> turn;

  /** What the service would not have; the next session's may know better. */
  private final List<Letter> setAside = new ArrayList<>();

  /** Who must know what becomes of an alarm. */
  interface Fates {
    /**
     * @param number what people call it by
     */
    void taken(Alarm alarm, OptionalLong number);

    void refused(Alarm alarm, String why);
  }

  private static final class Letter {
    private final Alarm alarm;
    private final Payload payload;
    private Timer.Pending patience = Timer.Pending.NONE;

    Letter(Alarm alarm, Sealed sealed) {
      this.alarm = alarm;
      this.payload = Payload.of(Wire.ALARM, sealed);
    }
  }

  AlarmPost(Executor executor, Timer timer, DirectCalls direct, Fates fates) {
    this.timer = timer;
    this.direct = direct;
    this.fates = fates;
    this.turn = new InTurn<>(executor, timer, new Delivery());
  }

  private final class Delivery implements InTurn.Fates<Letter> {
    @Override
    public Payload payload(Letter letter) {
      return letter.payload;
    }

    @Override
    public void taken(Letter letter, Payload answer) {
      letter.patience.cancel();
      direct.settle(letter.alarm);
      fates.taken(letter.alarm, number(answer));
    }

    @Override
    public void refused(Letter letter, Throwable why) {
      fates.refused(letter.alarm, "the service will not have it: " + Outbox.reason(why));
      setAside.add(letter);
    }
  }

  void attach(Link opened) {
    turn.attach(opened);
    direct.attach(opened);
  }

  void add(Alarm alarm, Sealed sealed) {
    Letter letter = new Letter(alarm, sealed);
    beginPatience(letter);
    turn.add(letter);
  }

  /** Sends it at once, before whatever waits: the device may be gone in a moment. */
  void gasp(Alarm alarm, Sealed sealed) {
    Letter letter = new Letter(alarm, sealed);
    beginPatience(letter);
    turn.hurry(letter);
  }

  private void beginPatience(Letter letter) {
    letter.patience = timer.after(PATIENCE, () -> direct.call(letter.alarm, letter.payload));
  }

  /** A new session: everything that was not taken goes out again, at once. */
  void proven() {
    setAside.forEach(turn::add);
    setAside.clear();
    turn.proven();
  }

  void cut() {
    turn.cut();
  }

  boolean empty() {
    return turn.empty();
  }

  /** For people; an answer that cannot be read has taken the alarm all the same. */
  private static OptionalLong number(Payload answer) {
    try {
      return Fields.of(answer.requireJson()).optionalInteger("number");
    } catch (Refused e) {
      return OptionalLong.empty();
    }
  }
}
