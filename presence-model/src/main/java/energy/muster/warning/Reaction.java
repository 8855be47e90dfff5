// SPDX-License-Identifier: Apache-2.0
package energy.muster.warning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device is to do when one peer warns of one thing, as an engineer has signed it beforehand.
 *
 * @param from whose warning triggers it
 * @param hold how long a breaker's protection waits for the peer to clear the fault; zero unless it
 *     holds
 */
public record Reaction(Catastrophe event, BareJid from, Act act, Duration hold) {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What can be signed beforehand. */
  public enum Act {
    /** Do not trip as well: the peer is nearer to the fault and clears it. */
    HOLD,
    /** Get out of harm's way at once: a load sheds, a generator stops, a breaker opens. */
    PROTECT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Act> ofWire(String wire) {
      return Arrays.stream(values()).filter(act -> act.wire().equals(wire)).findFirst();
    }
  }

  public Reaction {
    Objects.requireNonNull(event);
    Objects.requireNonNull(from);
    boolean lasts = hold.compareTo(Duration.ZERO) > 0 && hold.compareTo(LONGEST) <= 0;
    if (act == Act.HOLD ? !lasts : !hold.isZero()) {
      throw new IllegalArgumentException(
          "hold, and nothing else, says how long: forMillis is 1 to " + LONGEST.toMillis());
    }
  }

  public boolean meets(Warning warning) {
    return event == warning.event() && from.equals(warning.header().issuer());
  }

  public static Reaction read(Fields fields) {
    return fields.all(
        known ->
            new Reaction(
                known.oneOf("event", Catastrophe::ofWire),
                known.value("from", BareJid::parse),
                known.oneOf("act", Act::ofWire),
                Duration.ofMillis(known.optionalInteger("forMillis").orElse(0))));
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("event", event.wire())
            .put("from", from.toString())
            .put("act", act.wire());
    return hold.isZero() ? object : object.put("forMillis", hold.toMillis());
  }
}
