// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Instruction.SyncTime;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.outcome.ClockReport;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Takes trusted time that echoes the nonce this device gave out, once: a sync-time that was kept
 * cannot be played back. Used by one thread at a time.
 */
final class TimeNonce {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private final TrustedClock clock;
  private String current = next();

  TimeNonce(TrustedClock clock) {
    this.clock = clock;
  }

  ClockReport report() {
    TrustedClock.Reading reading = clock.read();
    return new ClockReport(reading.now(), reading.sure(), current);
  }

  Result take(SyncTime sync) {
    if (!sync.nonce().equals(current)) {
      return new Result.Declined(
          new Refusal(
              Reason.REPLAYED, "that nonce was used or never given out; read the device again"));
    }
    current = next();
    return clock.set(sync.time())
        ? new Result.Executed("the time is " + clock.instant())
        : new Result.Declined(
            Refusal.of(
                Reason.CLOCK_UNSURE,
                "%s lies before %s, which has been; time does not go back",
                sync.time(),
                clock.floor()));
  }

  private static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
