// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of an account, such as {@code gen-2@grid.example}: lower-case ASCII, so that two
 * addresses that look alike are alike.
 *
 * @param local 1 to 64 letters, digits, dots, hyphens, plus signs or underscores
 * @param domain a DNS name of at most 253 characters
 */
public record BareJid(String local, String domain) implements Comparable<BareJid> {
  private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final int MAX_DOMAIN = 253;

  public BareJid {
    if (!LOCAL.matcher(local).matches()) {
      throw malformed(local + "@" + domain, "its name may hold letters, digits and . _ + - only");
    }
    if (domain.length() > MAX_DOMAIN || !DOMAIN.matcher(domain).matches()) {
      throw malformed(local + "@" + domain, "its domain is no DNS name");
    }
    // Only now, when both are ASCII: the Kelvin sign, too, has a lower case k.
    local = local.toLowerCase(Locale.ROOT);
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /** Reads {@code local@domain}; a resource is refused. */
  public static BareJid parse(String text) {
    int at = text.indexOf('@');
    if (at < 0 || text.indexOf('/') >= 0) {
      throw malformed(text, "expected name@domain");
    }
    return new BareJid(text.substring(0, at), text.substring(at + 1));
  }

  public FullJid at(String resource) {
    return new FullJid(this, resource);
  }

  @Override
  public int compareTo(BareJid other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : local.compareTo(other.local);
  }

  @Override
  public String toString() {
    return local + "@" + domain;
  }

  private static Refused malformed(String text, String why) {
    return new Refused(Reason.MALFORMED, "'" + text + "' is no account address: " + why);
  }
}
