// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How the person at this console is seen by others: what they said, and whether they type. */
final class Shift implements AutoCloseable {
  private final Setup setup;
  private final Link link;
  private final ScheduledExecutorService timer;
  private PersonPresence word = PersonPresence.of(Duty.ON_DUTY, "");
  private Instant touched;

  Shift(Setup setup, Link link) {
    this.setup = setup;
    this.link = link;
    this.touched = setup.clock().instant();
    ScheduledThreadPoolExecutor single =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "muster-idle");
              thread.setDaemon(true);
              return thread;
            });
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer = single;
  }

  /** Whoever opens a console is on duty until they say otherwise. */
  void begin() {
    announce(word);
    lookIn(setup.idleAfter());
  }

  private void lookIn(Duration wait) {
    if (!timer.isShutdown()) {
      var unused = timer.schedule(this::look, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    lookIn(idle());
  }

  /** Says so when nothing was typed for long; how long until it is worth another look. */
  synchronized Duration idle() {
    Duration left = Duration.between(setup.clock().instant(), touched.plus(setup.idleAfter()));
    if (left.compareTo(Duration.ZERO) > 0) {
      return left;
    }
    if (word.idle().isEmpty() && word.duty() != Duty.OFF_DUTY) {
      announce(new PersonPresence(word.duty(), word.note(), word.until(), Optional.of(touched)));
    }
    return setup.idleAfter();
  }

  /** Something was typed. */
  synchronized void touch() {
    touched = setup.clock().instant();
    if (word.idle().isPresent()) {
      announce(new PersonPresence(word.duty(), word.note(), word.until(), Optional.empty()));
    }
  }

  synchronized void say(Duty duty, String note, Optional<Instant> until) {
    announce(new PersonPresence(duty, note, until, Optional.empty()));
  }

  private synchronized void announce(PersonPresence next) {
    word = next;
    link.announce(
        new Announcement(
            next.effective().show(),
            next.duty().words() + (next.note().isEmpty() ? "" : ": " + next.note()),
            Optional.of(Payload.of(Wire.PERSON, next.element())),
            next.idle()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
