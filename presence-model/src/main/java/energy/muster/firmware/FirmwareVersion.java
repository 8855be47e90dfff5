// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three numbers, such as 2.4.1; the first that differs decides which is the higher. */
public record FirmwareVersion(int major, int minor, int patch)
    implements Comparable<FirmwareVersion> {
  private static final int MOST = 999_999;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
  private static final Comparator<FirmwareVersion> ORDER =
      Comparator.comparingInt(FirmwareVersion::major)
          .thenComparingInt(FirmwareVersion::minor)
          .thenComparingInt(FirmwareVersion::patch);

  public FirmwareVersion {
    require(major);
    require(minor);
    require(patch);
  }

  private static void require(int number) {
    if (number < 0 || number > MOST) {
      throw new IllegalArgumentException("a version's numbers are 0 to " + MOST);
    }
  }

  /** Reads exactly what {@link #toString} writes. */
  public static FirmwareVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      FirmwareVersion version =
          new FirmwareVersion(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      if (version.toString().equals(text)) {
        return version;
      }
    }
    throw new IllegalArgumentException("a version is three numbers such as 2.4.1: '" + text + "'");
  }

  @Override
  public int compareTo(FirmwareVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
