// SPDX-License-Identifier: Apache-2.0
package energy.muster.warning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One device's signed word to the peers on a branch that it sees a catastrophe. It orders nothing:
 * what a peer does about it was signed beforehand.
 *
 * @param header issued when the catastrophe was seen
 * @param branch to whose devices it is addressed
 * @param place where it is, for people; 1 to 100 characters
 * @param until when it is void, at most {@link #LIFE} after it was issued
 */
public record Warning(Header header, Catastrophe event, Area branch, String place, Instant until) {
  public static final Duration LIFE = Duration.ofSeconds(5);

  private static final int HOPS = 1;
  private static final int MAX_PLACE = 100;

  public Warning {
    Objects.requireNonNull(event);
    Objects.requireNonNull(until);
    if (header.type() != DocumentType.WARNING) {
      throw new IllegalArgumentException("the header is not of a warning");
    }
    if (!branch.isBranch()) {
      throw new IllegalArgumentException("a warning is for a branch, not for " + branch);
    }
    if (place.isBlank() || place.length() > MAX_PLACE) {
      throw new IllegalArgumentException(
          "a warning says where, in 1 to " + MAX_PLACE + " characters");
    }
    if (until.isBefore(header.issuedAt()) || until.isAfter(header.issuedAt().plus(LIFE))) {
      throw new IllegalArgumentException("a warning lives for at most " + LIFE.toSeconds() + " s");
    }
  }

  /** One that lives as long as it may. */
  public Warning(Header header, Catastrophe event, Area branch, String place) {
    this(header, event, branch, place, header.issuedAt().plus(LIFE));
  }

  public static Warning read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Warning::read);
  }

  private static Warning read(Fields fields) {
    if (fields.integer("hops") != HOPS) {
      throw new IllegalArgumentException("a warning goes one hop");
    }
    return new Warning(
        Header.read(fields, DocumentType.WARNING),
        fields.oneOf("event", Catastrophe::ofWire),
        fields.value("branch", Area::new),
        fields.text("place"),
        fields.instant("until"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("event", event.wire())
            .put("branch", branch.name())
            .put("place", place)
            .put("until", until.toString())
            .put("hops", HOPS);
    return Json.bytes(object);
  }
}
