// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a device had an image looked through before it installed it; one in which something was
 * found is never installed.
 *
 * @param note for people: why the scanner did not look; empty unless it was absent
 */
public record ImageScan(Result result, String note) {
  /** The most characters of a note. */
  public static final int LONGEST = 300;

  /** In short. */
  public enum Result {
    /** The scanner found nothing. */
    CLEAN,
    /** The device is set to have nothing scanned. */
    OFF,
    /** The scanner did not look, and the device is set to go on then. */
    ABSENT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Result> ofWire(String wire) {
      return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
  }

  public static final ImageScan CLEAN = new ImageScan(Result.CLEAN, "");
  public static final ImageScan OFF = new ImageScan(Result.OFF, "");

  public ImageScan {
    Objects.requireNonNull(result);
    if (note.length() > LONGEST || (result == Result.ABSENT) == note.isEmpty()) {
      throw new IllegalArgumentException(
          "why the scanner was absent is said in 1 to " + LONGEST + " characters, and only then");
    }
  }

  public static ImageScan absent(String why) {
    return new ImageScan(Result.ABSENT, why.length() <= LONGEST ? why : why.substring(0, LONGEST));
  }

  /** Reads what {@link #write} has written. */
  public static ImageScan read(Fields fields) {
    return new ImageScan(
        fields.oneOf("result", Result::ofWire), fields.optionalText("note").orElse(""));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("result", result.wire());
    return note.isEmpty() ? object : object.put("note", note);
  }

  /** For people. */
  @Override
  public String toString() {
    return switch (result) {
      case CLEAN -> "scanned on the device, clean";
      case OFF -> "not scanned on the device, which is set so";
      case ABSENT -> "not scanned on the device: " + note;
    };
  }
}
