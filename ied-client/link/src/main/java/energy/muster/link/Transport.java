// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.Arrays;
import java.util.Locale;

/** What carries the stream; the same stanzas either way. */
public enum Transport {
  /** RFC 6120: one connection, which firewalls that let only the web through do not. */
  TCP,
  /** XEP-0124 and XEP-0206: HTTPS requests, one of which waits at the server. */
  BOSH;

  /** As it is written in a configuration. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Transport named(String wire) {
    return Arrays.stream(values())
        .filter(transport -> transport.wire().equals(wire))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("transport is tcp, bosh or auto, not " + wire));
  }
}
