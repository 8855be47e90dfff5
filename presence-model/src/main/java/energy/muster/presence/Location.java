// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a device stands, as XEP-0080 says it: WGS 84, in decimal degrees.
 *
 * @param latitude -90 to 90, north is positive
 * @param longitude -180 to 180, east is positive
 * @param accuracy in metres, if it is known
 * @param description for whoever has to find it, at most 200 characters; may be empty
 */
public record Location(
    BigDecimal latitude, BigDecimal longitude, Optional<BigDecimal> accuracy, String description) {
  /** XEP-0080. */
  public static final String NAMESPACE = "http://jabber.org/protocol/geoloc";

  public static final String ELEMENT = "geoloc";

  private static final int MAX_DESCRIPTION = 200;
  private static final BigDecimal POLE = BigDecimal.valueOf(90);
  private static final BigDecimal DATE_LINE = BigDecimal.valueOf(180);

  public Location {
    Objects.requireNonNull(accuracy);
    if (latitude.abs().compareTo(POLE) > 0 || longitude.abs().compareTo(DATE_LINE) > 0) {
      throw new IllegalArgumentException("lat is -90 to 90, lon is -180 to 180");
    }
    if (accuracy.filter(metres -> metres.signum() < 0).isPresent()) {
      throw new IllegalArgumentException("accuracy is in metres and not negative");
    }
    if (description.length() > MAX_DESCRIPTION) {
      throw new IllegalArgumentException(
          "a description has at most " + MAX_DESCRIPTION + " characters");
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Location read(Fields fields) {
    return new Location(
        fields.decimal("lat"),
        fields.decimal("lon"),
        fields.optionalDecimal("accuracy"),
        fields.optionalText("description").orElse(""));
  }

  /** The names are those of XEP-0080. */
  public ObjectNode write() {
    ObjectNode object = Json.object().put("lat", latitude).put("lon", longitude);
    accuracy.ifPresent(metres -> object.put("accuracy", metres));
    if (!description.isEmpty()) {
      object.put("description", description);
    }
    return object;
  }

  @Override
  public String toString() {
    return latitude.toPlainString()
        + ", "
        + longitude.toPlainString()
        + accuracy.map(metres -> " (±" + metres.toPlainString() + " m)").orElse("")
        + (description.isEmpty() ? "" : ", " + description);
  }
}
