// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Objects;

/**
 * How far a device is with a firmware, for those who look on. A hint: what a decision rests on is
 * the signed {@link FirmwareReport}.
 *
 * @param version where it goes
 * @param percent of the bytes that are there and checked, 0 to 100
 */
public record UpdateProgress(FirmwareVersion version, UpdateState state, int percent) {
  public UpdateProgress {
    Objects.requireNonNull(version);
    Objects.requireNonNull(state);
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("a progress is 0 to 100 %, not " + percent);
    }
  }

  public static UpdateProgress read(Fields fields) {
    return new UpdateProgress(
        fields.value("version", FirmwareVersion::parse),
        fields.oneOf("state", UpdateState::ofWire),
        Math.toIntExact(fields.integer("percent")));
  }

  public ObjectNode write() {
    return Json.object()
        .put("version", version.toString())
        .put("state", state.wire())
        .put("percent", percent);
  }

  /** Such as {@code 2.4.1 downloading, 43 %}. */
  @Override
  public String toString() {
    return version
        + " "
        + state.words()
        + (state == UpdateState.DOWNLOADING || state == UpdateState.DOWNLOAD_PAUSED
            ? ", " + percent + " %"
            : "");
  }
}
