// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import java.time.Duration;

/** Something could not be had just now. */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;
  private final Duration after;

  private TransferException(String message, boolean passing, Duration after) {
    super(message);
    this.passing = passing;
    this.after = after;
  }

  /** Whoever has it did not give it, and perhaps never will. */
  public static TransferException failed(String message) {
    return new TransferException(message, false, Duration.ZERO);
  }

  /** There is nobody to ask at the moment: to be waited for. */
  public static TransferException away(String message) {
    return new TransferException(message, true, Duration.ZERO);
  }

  /** Whoever has it will give it, and has said after which time. */
  static TransferException later(String message, Duration after) {
    return new TransferException(message, false, after);
  }

  /** After which time it is to be had; zero if nobody said so. */
  Duration after() {
    return after;
  }

  boolean passing() {
    return passing;
  }
}
