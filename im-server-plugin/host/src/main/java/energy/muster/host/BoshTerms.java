// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.dom4j.Element;

/**
 * What a BOSH session is granted, whatever it asks for.
 *
 * @param longestWait how long a request is kept at the server with nothing to say
 * @param inactivity how long a session lasts without a request: a client that is gone is noticed
 *     after both
 * @param requests how many requests at once
 */
record BoshTerms(Duration longestWait, Duration inactivity, int requests) {
  static final BoshTerms USUAL = new BoshTerms(Duration.ofSeconds(30), Duration.ofSeconds(15), 2);

  // XEP-0124 14.1.
  private static final long HIGHEST_NUMBER = 9_007_199_254_740_991L;

  Map<String, String> properties() {
    String idle = Long.toString(inactivity.toSeconds());
    return Map.of(
        "xmpp.httpbind.client.requests.wait",
        Long.toString(longestWait.toSeconds()),
        "xmpp.httpbind.client.requests.max",
        Integer.toString(requests),
        "xmpp.httpbind.client.requests.polling",
        "1",
        "xmpp.httpbind.client.idle",
        idle,
        "xmpp.httpbind.client.idle.polling",
        idle,
        // A pause would be a way to be away unnoticed.
        "xmpp.httpbind.client.maxpause",
        "1",
        "xmpp.httpbind.scriptSyntax.enabled",
        "false",
        "httpbind.CORS.enabled",
        "false");
  }

  /** The request for a session with its terms in bounds: Openfire takes a wait without an end. */
  Element bounded(Element body) {
    bound(body, "wait", 1, longestWait.toSeconds());
    bound(body, "hold", 1, 1);
    body.addAttribute("ver", "1.6");
    return body;
  }

  private static void bound(Element body, String name, long least, long most) {
    long asked = whole(body.attributeValue(name)).orElse(most);
    body.addAttribute(name, Long.toString(Math.max(least, Math.min(most, asked))));
  }

  /** The number of a request. */
  static OptionalLong number(Element body) {
    OptionalLong number = whole(body.attributeValue("rid"));
    return number.isPresent() && number.getAsLong() > 0 && number.getAsLong() <= HIGHEST_NUMBER
        ? number
        : OptionalLong.empty();
  }

  private static OptionalLong whole(String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
