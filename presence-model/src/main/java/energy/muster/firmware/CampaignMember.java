// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How far one device of an upgrade is.
 *
 * @param wave in which wave it is, from 1
 * @param at since when it is so
 * @param text why it waits, or what it said, in words
 * @param progress what its presence says while it is at it; a hint
 */
public record CampaignMember(
    BareJid device,
    int wave,
    State state,
    Instant at,
    String text,
    Optional<UpdateProgress> progress) {
  /** How far it is. */
  public enum State {
    /** Its order is held at the service. */
    WAITING,
    /** It has its order, or is being brought it. */
    BEGUN,
    /** It runs the new version: its signed outcome and its signed report say so. */
    SUCCEEDED,
    /** It has refused, or runs what it ran before. */
    FAILED,
    /** It never began, and will not. */
    LEFT,
    /** Its time is over, and nobody knows whether it was done. */
    UNCONFIRMED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<State> ofWire(String wire) {
      return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }
  }

  public CampaignMember {
    Objects.requireNonNull(device);
    Objects.requireNonNull(state);
    Objects.requireNonNull(at);
    Objects.requireNonNull(text);
    Objects.requireNonNull(progress);
    if (wave < 1) {
      throw new IllegalArgumentException("waves count from 1");
    }
  }

  static CampaignMember read(Fields fields) {
    return new CampaignMember(
        fields.value("device", BareJid::parse),
        Math.toIntExact(fields.integer("wave")),
        fields.oneOf("state", State::ofWire),
        fields.instant("at"),
        fields.text("text"),
        fields.optionalObject("progress").map(each -> each.some(UpdateProgress::read)));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("device", device.toString())
            .put("wave", wave)
            .put("state", state.wire())
            .put("at", at.toString())
            .put("text", text);
    progress.ifPresent(how -> object.set("progress", how.write()));
    return object;
  }
}
