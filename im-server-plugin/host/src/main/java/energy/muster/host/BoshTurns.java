// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.util.HashMap;
import java.util.Map;

/**
 * The turns of one session's requests: XEP-0124 14.2 has them taken in the order of their numbers,
 * whichever of the client's connections is quicker, and each once.
 *
 * <p>Openfire 4.2.0 takes them as they come, and carries out again what comes twice.
 *
 * @param <R> a request
 */
final class BoshTurns<R> {
  /** What is done with a request, one at a time. */
  interface Taker<R> {
    /** Its turn has come. */
    void take(long number, R request);

    /** It had its turn before: the client wants the answer again. */
    void again(long number, R request);
  }

  private final Taker<R> taker;
  private final int ahead;
  private final Map<Long, R> early = new HashMap<>();
  private long next;

  /**
   * @param next the number whose turn it is
   * @param ahead how far ahead of it a request waits; one beyond that is taken at once, to be
   *     refused
   */
  BoshTurns(long next, int ahead, Taker<R> taker) {
    this.next = next;
    this.ahead = ahead;
    this.taker = taker;
  }

  synchronized void come(long number, R request) {
    if (number < next) {
      taker.again(number, request);
    } else if (number >= next + ahead) {
      taker.take(number, request);
    } else if (number > next) {
      early.put(number, request);
    } else {
      taker.take(number, request);
      next++;
      for (R waiting = early.remove(next); waiting != null; waiting = early.remove(next)) {
        taker.take(next, waiting);
        next++;
      }
    }
  }
}
