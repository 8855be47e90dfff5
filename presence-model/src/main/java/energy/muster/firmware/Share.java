// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many devices, or so many in a hundred of them; written {@code 3} or {@code 10%}. */
public record Share(int number, boolean percent) {
  private static final int MOST = 10_000;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(%?)");

  public Share {
    if (number < 1 || number > (percent ? 100 : MOST)) {
      throw new IllegalArgumentException("a share is 1 to " + MOST + " devices, or 1% to 100%");
    }
  }

  public static Share parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a share is written 3 or 10%, not '" + text + "'");
    }
    return new Share(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
  }

  /** How many of that many; a percentage counts every begun device. */
  public int of(int all) {
    return percent ? Math.toIntExact(((long) all * number + 99) / 100) : Math.min(number, all);
  }

  @Override
  public String toString() {
    return number + (percent ? "%" : "");
  }
}
