// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.util.Objects;
import java.util.Optional;

/**
 * A device's signed answer to one command.
 *
 * @param command the id of the command
 * @param commandDigest of the command's signed bytes, so that an answer cannot be moved to another
 *     order of that id
 * @param state the device afterwards; with {@code read} it is the answer itself
 * @param clock with {@code read}, and whenever the clock was the reason
 */
public record Outcome(
    Header header,
    DocumentId command,
    Digest commandDigest,
    Result result,
    Optional<DevicePresence> state,
    Optional<ClockReport> clock) {

  public Outcome {
    Objects.requireNonNull(command);
    Objects.requireNonNull(commandDigest);
    Objects.requireNonNull(result);
    Objects.requireNonNull(state);
    Objects.requireNonNull(clock);
    if (header.type() != DocumentType.OUTCOME) {
      throw new IllegalArgumentException("the header is not of an outcome");
    }
  }

  public static Outcome read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Outcome::read);
  }

  private static Outcome read(Fields fields) {
    return new Outcome(
        Header.read(fields, DocumentType.OUTCOME),
        fields.value("command", DocumentId::new),
        fields.value("commandDigest", Digest::parse),
        readResult(fields),
        fields.optionalObject("state").map(DevicePresence::read),
        fields.optionalObject("clock").map(ClockReport::read));
  }

  private static Result readResult(Fields fields) {
    DeliveryState state = fields.oneOf("result", DeliveryState::ofWire);
    String text = fields.text("text");
    return switch (state) {
      case EXECUTED ->
          new Result.Executed(text, fields.optionalDecimal("shedKw").map(Power::kilowatts));
      case UNCERTAIN -> new Result.Uncertain(text);
      case REFUSED -> new Result.Declined(new Refusal(reason(fields), text));
      case FAILED -> new Result.Failed(new Refusal(reason(fields), text));
      default -> throw new Refused(Reason.MALFORMED, "no device answers '" + state + "'");
    };
  }

  private static Reason reason(Fields fields) {
    return fields.oneOf("reason", Reason::ofWire);
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("command", command.text())
            .put("commandDigest", commandDigest.toString())
            .put("result", result.state().wire());
    if (result instanceof Result.Declined declined) {
      object.put("reason", declined.refusal().reason().wire());
    } else if (result instanceof Result.Failed failed) {
      object.put("reason", failed.refusal().reason().wire());
    }
    object.put("text", result.text());
    if (result instanceof Result.Executed executed) {
      executed.shed().ifPresent(power -> object.put("shedKw", power.kilowatts()));
    }
    state.ifPresent(presence -> object.set("state", presence.write()));
    clock.ifPresent(report -> object.set("clock", report.write()));
    return Json.bytes(object);
  }
}
