// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What the service answered to the session's proof.
 *
 * @param site the network's name
 * @param lease how long the session counts as there after its last stanza; the link renews it
 * @param crlNumber the newest revocation list the service knows of
 */
public record SessionTerms(String site, Duration lease, OptionalLong crlNumber) {
  /** Before the service has named one. */
  static final Duration USUAL_LEASE = Duration.ofSeconds(60);

  static SessionTerms read(ObjectNode json) {
    return Fields.of(json)
        .some(
            fields ->
                new SessionTerms(
                    fields.text("site"),
                    Duration.ofSeconds(fields.integer("leaseSeconds")),
                    fields.optionalInteger("crlNumber")));
  }
}
