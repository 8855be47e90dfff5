// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;

/**
 * The address of one session, such as {@code gen-2@grid.example/k7f3}.
 *
 * @param resource 1 to 256 printable characters, compared as they are
 */
public record FullJid(BareJid bare, String resource) {
  private static final int MAX_RESOURCE = 256;

  public FullJid {
    if (resource.isEmpty()
        || resource.length() > MAX_RESOURCE
        || resource.chars().anyMatch(Character::isISOControl)) {
      throw new Refused(
          Reason.MALFORMED, "a resource has 1 to " + MAX_RESOURCE + " printable characters");
    }
  }

  /** Reads {@code local@domain/resource}. */
  public static FullJid parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new Refused(
          Reason.MALFORMED, "'" + text + "' is no session address: expected name@domain/resource");
    }
    return new FullJid(BareJid.parse(text.substring(0, slash)), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return bare + "/" + resource;
  }
}
