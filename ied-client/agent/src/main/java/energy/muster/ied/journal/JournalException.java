// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

/** The journal could not write or read. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
