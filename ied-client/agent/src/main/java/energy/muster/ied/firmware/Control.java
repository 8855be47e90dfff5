// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.time.Duration;

/** Whether an update goes on: it can be stopped until it begins to install. Safe for threads. */
public final class Control {
  private final Rest rest;
  private State state = State.PREPARING;

  private enum State {
    PREPARING,
    INSTALLING,
    STOPPED
  }

  /** How time passes while an update waits. */
  @FunctionalInterface
  public interface Rest {
    /** Returns after this time, or before it when the control is notified. */
    void rest(Control control, Duration time) throws InterruptedException;
  }

  /** Thrown in the update that was stopped. */
  static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;
  }

  public Control() {
    this((control, time) -> control.wait(time.toMillis()));
  }

  public Control(Rest rest) {
    this.rest = rest;
  }

  /** Stops it unless it installs already; whether it did. */
  public synchronized boolean stop() {
    if (state == State.INSTALLING) {
      return false;
    }
    state = State.STOPPED;
    notifyAll();
    return true;
  }

  /** From now on it is not stopped any more; false if it was. */
  public synchronized boolean install() {
    if (state == State.STOPPED) {
      return false;
    }
    state = State.INSTALLING;
    return true;
  }

  public synchronized boolean installing() {
    return state == State.INSTALLING;
  }

  public synchronized boolean stopped() {
    return state == State.STOPPED;
  }

  /** What it waits for may be there: it looks at once. */
  public synchronized void wake() {
    notifyAll();
  }

  synchronized void check() throws Stopped {
    if (state == State.STOPPED) {
      throw new Stopped();
    }
  }

  /** Waits, unless it is stopped meanwhile. */
  synchronized void rest(Duration time) throws Stopped {
    check();
    try {
      if (!time.isZero()) {
        rest.rest(this, time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
    check();
  }
}
