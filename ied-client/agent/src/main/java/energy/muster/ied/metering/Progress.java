// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far counting is.
 *
 * @param start of the interval that is being counted
 * @param seen until when it was watched
 * @param imported in it so far, and what was left over of the one before, in kW times milliseconds
 * @param exported likewise
 * @param counted whether any of it was watched
 * @param flags what is to be known of it already
 */
public record Progress(
    Instant start,
    Instant seen,
    BigDecimal imported,
    BigDecimal exported,
    boolean counted,
    Set<Quality> flags) {
  public Progress {
    flags = Set.copyOf(flags);
  }

  static Progress at(Instant start, Instant seen) {
    return new Progress(start, seen, BigDecimal.ZERO, BigDecimal.ZERO, false, Set.of());
  }

  public static Progress read(String json) {
    return Fields.readAll(
        Json.parse(json),
        fields ->
            new Progress(
                fields.instant("start"),
                fields.instant("seen"),
                fields.value("imported", BigDecimal::new),
                fields.value("exported", BigDecimal::new),
                fields.flag("counted"),
                Set.copyOf(
                    fields.values(
                        "flags", word -> Quality.ofWire(word).orElseThrow(AssertionError::new)))));
  }

  public String write() {
    ObjectNode object =
        Json.object()
            .put("start", start.toString())
            .put("seen", seen.toString())
            .put("imported", imported.toPlainString())
            .put("exported", exported.toPlainString())
            .put("counted", counted);
    var words = object.putArray("flags");
    flags.forEach(flag -> words.add(flag.wire()));
    return Json.text(object);
  }

  Progress with(Quality flag) {
    Set<Quality> more = EnumSet.of(flag);
    more.addAll(flags);
    return new Progress(start, seen, imported, exported, counted, more);
  }
}
