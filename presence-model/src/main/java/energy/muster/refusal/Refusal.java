// SPDX-License-Identifier: Apache-2.0
package energy.muster.refusal;

import java.util.Objects;

/**
 * A no, as a value: the reason a program acts on and the text a person acts on (at most 1 KiB).
 *
 * @param reason from the versioned list
 * @param text what to do about it, in words; names ids, never secrets
 */
public record Refusal(Reason reason, String text) {
  private static final int MAX_TEXT = 1024;

  public Refusal {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(text);
    if (text.length() > MAX_TEXT) {
      text = text.substring(0, MAX_TEXT - 1) + "…";
    }
  }

  public static Refusal of(Reason reason, String format, Object... arguments) {
    return new Refusal(
        reason,
        arguments.length == 0 ? format : String.format(java.util.Locale.ROOT, format, arguments));
  }

  @Override
  public String toString() {
    return reason + ": " + text;
  }
}
