// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

/** Something could not be had just now. */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  private TransferException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Whoever has it did not give it, and perhaps never will. */
  public static TransferException failed(String message) {
    return new TransferException(message, false);
  }

  /** There is nobody to ask at the moment: to be waited for. */
  public static TransferException away(String message) {
    return new TransferException(message, true);
  }

  boolean passing() {
    return passing;
  }
}
