// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An area of responsibility (IEC 62351-8 {@code aor}): {@code *} is every device, {@code
 * device:load-*} the devices whose account name matches, and any other name, such as {@code
 * branch-60}, the devices whose own certificate says that they belong to it.
 *
 * @param name 1 to 64 characters, lower case
 */
public record Area(String name) implements Comparable<Area> {
  public static final Area ALL = new Area("*");

  private static final int MAX_NAME = 64;
  private static final String BY_DEVICE = "device:";
  private static final String BRANCH = "branch-";
  private static final List<String> PLACES = List.of(BRANCH, "feeder-", "plant-");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");
  private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9._+*-]+");

  /** Loads that are shed by a person's order to them alone, if at all. */
  public static final Area CRITICAL = new Area("critical-loads");

  public Area {
    boolean wellFormed =
        name.equals("*")
            || (name.startsWith(BY_DEVICE)
                ? GLOB.matcher(name.substring(BY_DEVICE.length())).matches()
                : NAME.matcher(name).matches());
    if (!wellFormed || name.length() > MAX_NAME) {
      throw new Refused(
          Reason.MALFORMED,
          "'" + name + "' is no area: expected *, device:PATTERN or a name such as branch-60");
    }
    name = name.toLowerCase(Locale.ROOT);
  }

  /** The area of one device alone. */
  public static Area of(BareJid device) {
    return new Area(BY_DEVICE + device.local());
  }

  /**
   * Whether it is a name that devices carry, and neither all of them nor a pattern of their own.
   */
  public boolean isNamed() {
    return NAME.matcher(name).matches();
  }

  /** Whether this is a branch of the feeder, whose devices are peers of each other. */
  public boolean isBranch() {
    return name.startsWith(BRANCH);
  }

  /** Whether it is by its name a part of the network, and no group that only sorts devices. */
  public boolean isPlace() {
    return PLACES.stream().anyMatch(name::startsWith);
  }

  /**
   * Whether a device lies in this area.
   *
   * @param memberships the named areas that the device's own certificate lists
   */
  public boolean covers(BareJid device, Set<Area> memberships) {
    return covers(device, memberships::contains);
  }

  /**
   * As above.
   *
   * @param belongs whether the device's own certificate lists this area
   */
  boolean covers(BareJid device, Predicate<Area> belongs) {
    if (name.equals("*")) {
      return true;
    }
    return name.startsWith(BY_DEVICE)
        ? matches(name.substring(BY_DEVICE.length()), device.local())
        : belongs.test(this);
  }

  // Linear in practice and never exponential: on a mismatch only the last star gives way.
  private static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }

  @Override
  public int compareTo(Area other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
