// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.ied.gate.CommandKey;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which slot counts, as it stands in {@code boot.json}; replaced whole, so that it is never between
 * two.
 *
 * @param boot how often the device has started, over its life
 * @param active the slot that runs, unless another is on trial
 * @param slots what stands in them; always something in the active one
 * @param trial the slot that is being tried
 * @param failed what was tried last and did not come up
 */
public record BootRecord(
    long boot,
    Slot active,
    Map<Slot, Firmware> slots,
    Optional<Trial> trial,
    Optional<Failure> failed) {
  /**
   * @param tries how many starts it has had
   */
  public record Trial(Slot slot, int tries) {}

  /**
   * @param order the upgrade that failed
   * @param why for people
   */
  public record Failure(CommandKey order, String why) {}

  public BootRecord {
    Objects.requireNonNull(active);
    Map<Slot, Firmware> both = Collections.unmodifiableMap(new EnumMap<>(slots));
    slots = both;
    Objects.requireNonNull(trial);
    Objects.requireNonNull(failed);
    if (!both.containsKey(active)
        || trial.filter(it -> !both.containsKey(it.slot()) || it.slot() == active).isPresent()) {
      throw new IllegalArgumentException("nothing stands in a slot that is to run");
    }
  }

  /** A device as it was built: what it came with, in slot a. */
  static BootRecord first(Firmware came) {
    return new BootRecord(0, Slot.A, Map.of(Slot.A, came), Optional.empty(), Optional.empty());
  }

  /** What runs. */
  public Firmware running() {
    return slots.get(trial.map(Trial::slot).orElse(active));
  }

  BootRecord started() {
    return new BootRecord(
        boot + 1, active, slots, trial.map(it -> new Trial(it.slot(), it.tries() + 1)), failed);
  }

  BootRecord trying(Firmware next) {
    Map<Slot, Firmware> both = new EnumMap<>(slots);
    both.put(active.other(), next);
    return new BootRecord(
        boot, active, both, Optional.of(new Trial(active.other(), 0)), Optional.empty());
  }

  BootRecord confirmed() {
    return new BootRecord(
        boot, trial.map(Trial::slot).orElse(active), slots, Optional.empty(), Optional.empty());
  }

  BootRecord fallenBack(String why) {
    Optional<Failure> failure =
        running().order().map(order -> new Failure(order, why)).or(() -> failed);
    return new BootRecord(
        boot, active, Map.of(active, slots.get(active)), Optional.empty(), failure);
  }

  static BootRecord read(byte[] json) {
    return Fields.readAll(Json.parse(json), BootRecord::read);
  }

  private static BootRecord read(Fields fields) {
    Map<Slot, Firmware> slots = new EnumMap<>(Slot.class);
    Fields there = fields.object("slots");
    for (Slot slot : Slot.values()) {
      there
          .optionalObject(slot.wire())
          .ifPresent(content -> slots.put(slot, content.all(Firmware::read)));
    }
    there.end();
    return new BootRecord(
        fields.integer("boot"),
        fields.oneOf("active", Slot::ofWire),
        slots,
        fields
            .optionalObject("trying")
            .map(
                trial ->
                    trial.all(
                        it ->
                            new Trial(
                                it.oneOf("slot", Slot::ofWire),
                                Math.toIntExact(it.integer("tries"))))),
        fields
            .optionalObject("failed")
            .map(
                failure ->
                    failure.all(
                        it ->
                            new Failure(
                                it.object("order").all(Firmware::readKey), it.text("why")))));
  }

  byte[] write() {
    ObjectNode object = Json.object().put("boot", boot).put("active", active.wire());
    ObjectNode both = object.putObject("slots");
    slots.forEach((slot, content) -> both.set(slot.wire(), content.write()));
    trial.ifPresent(
        it -> object.putObject("trying").put("slot", it.slot().wire()).put("tries", it.tries()));
    failed.ifPresent(
        it -> {
          ObjectNode failure = object.putObject("failed");
          failure.set("order", Firmware.write(it.order()));
          failure.put("why", it.why());
        });
    return Json.bytes(object);
  }
}
