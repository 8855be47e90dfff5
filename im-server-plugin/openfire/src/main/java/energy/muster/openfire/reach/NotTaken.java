// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

/** Somebody else's server did not take an alarm; the text is for people. */
final class NotTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotTaken(String text) {
    super(text, null, false, false);
  }

  NotTaken(String text, Throwable cause) {
    super(text + ": " + words(cause), cause, false, false);
  }

  /** The innermost says what it was, such as that a certificate is not believed. */
  private static String words(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String text = innermost.getMessage();
    return (text == null ? innermost.getClass().getSimpleName() : text).strip();
  }
}
