// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.stage.StageFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a bench waits for an answer before it says which one did not come. */
record Patience(Duration within) {
  <T> T await(Future<T> answer, String what) throws InterruptedException {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw missed(what);
    } catch (ExecutionException e) {
      throw new StageFailure(what + " failed: " + e.getCause(), e);
    }
  }

  StageFailure missed(String what) {
    return new StageFailure(what + " did not come within " + within.toSeconds() + " s");
  }
}
