// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A person's signed word that a meter's intervals were others than it said. What the meter said
 * stays beside it.
 *
 * @param meter whose intervals they are
 * @param reason for whoever asks later, 1 to 200 characters
 */
public record ReadingsCorrection(
    Header header, BareJid meter, Duration step, List<IntervalEnergy> intervals, String reason) {
  private static final int MAX_REASON = 200;

  public ReadingsCorrection {
    Objects.requireNonNull(meter);
    if (header.type() != DocumentType.READINGS_CORRECTION) {
      throw new IllegalArgumentException("the header is not of a readings-correction");
    }
    intervals = new IntervalRun(step, intervals).intervals();
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "a correction has a reason of at most " + MAX_REASON + " characters");
    }
  }

  public static ReadingsCorrection read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), ReadingsCorrection::read);
  }

  private static ReadingsCorrection read(Fields fields) {
    Header header = Header.read(fields, DocumentType.READINGS_CORRECTION);
    BareJid meter = fields.value("meter", BareJid::parse);
    IntervalRun run = IntervalRun.read(fields);
    return new ReadingsCorrection(
        header, meter, run.step(), run.intervals(), fields.text("reason"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("meter", meter.toString());
    new IntervalRun(step, intervals).write(object);
    return Json.bytes(object.put("reason", reason));
  }
}
