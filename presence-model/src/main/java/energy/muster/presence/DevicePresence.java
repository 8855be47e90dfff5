// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.firmware.DeviceFirmware;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a device can do right now, by its own word. A hint: what a decision rests on is sealed.
 *
 * @param revision rises with every change, across restarts
 * @param faults fault and trip codes, empty when healthy
 * @param lease how long this word is good for unless renewed, 5 s to 24 h
 * @param grace how long it may be overdue before it is probed, 1 s to 24 h; empty where the
 *     service's own figure will do
 * @param settings revision of the signed settings in force; empty while those of its installation
 *     are
 * @param location where it stands, if it says so
 * @param branch what it has summed, if it is the master IED of a branch
 * @param firmware what it runs, if it can be upgraded
 */
public record DevicePresence(
    long revision,
    DeviceKind kind,
    Operating operating,
    Optional<Restriction> restriction,
    Optional<Position> position,
    Map<Quantity, BigDecimal> quantities,
    List<String> faults,
    Duration lease,
    Optional<Duration> grace,
    OptionalLong settings,
    Optional<Location> location,
    Optional<BranchSum> branch,
    Optional<DeviceFirmware> firmware) {
  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);
  public static final Duration LONGEST_LEASE = Duration.ofHours(24);
  public static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  private static final int MAX_FAULTS = 16;
  private static final int MAX_FAULT = 64;

  public DevicePresence {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(operating);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(location);
    Objects.requireNonNull(branch);
    Objects.requireNonNull(firmware);
    if (revision < 0) {
      throw new IllegalArgumentException("a revision counts from 0");
    }
    requireLease(lease);
    grace.ifPresent(DevicePresence::requireGrace);
    if (faults.size() > MAX_FAULTS
        || faults.stream().anyMatch(code -> code.isBlank() || code.length() > MAX_FAULT)) {
      throw new IllegalArgumentException(
          "at most " + MAX_FAULTS + " fault codes of 1 to " + MAX_FAULT + " characters");
    }
    faults = List.copyOf(faults);
    Map<Quantity, BigDecimal> copy = new EnumMap<>(Quantity.class);
    quantities.forEach((quantity, value) -> copy.put(quantity, quantity.require(value)));
    quantities = Collections.unmodifiableMap(copy);
  }

  /** Refuses what is no lease. */
  public static Duration requireLease(Duration lease) {
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a lease is 5 s to 24 h, not " + lease.toSeconds() + " s");
    }
    return lease;
  }

  /** Refuses what is no grace. */
  public static Duration requireGrace(Duration grace) {
    if (grace.compareTo(SHORTEST_GRACE) < 0 || grace.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("a grace is 1 s to 24 h, not " + grace.toSeconds() + " s");
    }
    return grace;
  }

  /** A device that has taken no signed settings and says neither its grace nor where it is. */
  public DevicePresence(
      long revision,
      DeviceKind kind,
      Operating operating,
      Optional<Restriction> restriction,
      Optional<Position> position,
      Map<Quantity, BigDecimal> quantities,
      List<String> faults,
      Duration lease) {
    this(
        revision,
        kind,
        operating,
        restriction,
        position,
        quantities,
        faults,
        lease,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same word of a device that stands there. */
  public DevicePresence at(Optional<Location> place) {
    return with(place, firmware);
  }

  /** The same word of a device that runs this. */
  public DevicePresence running(Optional<DeviceFirmware> runs) {
    return with(location, runs);
  }

  private DevicePresence with(Optional<Location> place, Optional<DeviceFirmware> runs) {
    return new DevicePresence(
        revision,
        kind,
        operating,
        restriction,
        position,
        quantities,
        faults,
        lease,
        grace,
        settings,
        place,
        branch,
        runs);
  }

  public Optional<BigDecimal> quantity(Quantity quantity) {
    return Optional.ofNullable(quantities.get(quantity));
  }

  /** RFC 6121 4.7.2.1, derived: restricted is dnd, off is away. */
  public Show show() {
    if (restriction.isPresent()) {
      return Show.DND;
    }
    return operating == Operating.OFF || operating == Operating.STOPPING
        ? Show.AWAY
        : Show.AVAILABLE;
  }

  /** As it is while the device is there; one that is gone is {@link Availability#UNAVAILABLE}. */
  public Availability availability() {
    if (restriction.isPresent()) {
      return Availability.AVAILABLE_RESTRICTED;
    }
    return switch (operating) {
      case ON -> Availability.AVAILABLE_ON;
      case OFF, STARTING, STOPPING -> Availability.AVAILABLE_NOT_ON;
      case NONE -> Availability.AVAILABLE;
    };
  }

  public static DevicePresence read(String json) {
    return read(Fields.of(Json.parse(json)));
  }

  /** Ignores unknown fields: an older reader may know less of a newer device's presence. */
  public static DevicePresence read(Fields fields) {
    return fields.some(DevicePresence::readKnown);
  }

  private static DevicePresence readKnown(Fields fields) {
    return new DevicePresence(
        fields.integer("rev"),
        fields.oneOf("kind", DeviceKind::ofWire),
        fields.oneOf("operating", Operating::ofWire),
        fields.optionalObject("restriction").map(Restriction::read),
        fields.optionalOneOf("position", Position::ofWire),
        readQuantities(fields.object("quantities")),
        fields.values("faults", text -> text),
        Duration.ofSeconds(fields.integer("leaseSeconds")),
        fields.optionalInteger("graceSeconds").stream().mapToObj(Duration::ofSeconds).findFirst(),
        fields.optionalInteger("settingsRev"),
        fields.optionalObject("location").map(place -> place.some(Location::read)),
        fields.optionalObject("branch").map(BranchSum::read),
        fields.optionalObject("firmware").map(DeviceFirmware::read));
  }

  private static Map<Quantity, BigDecimal> readQuantities(Fields fields) {
    Map<Quantity, BigDecimal> read = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      fields
          .optionalObject(quantity.wire())
          .ifPresent(
              measured -> {
                if (!measured.text("unit").equals(quantity.unit())) {
                  throw new IllegalArgumentException(
                      quantity.wire() + " is given in " + quantity.unit());
                }
                read.put(quantity, measured.decimal("value"));
              });
    }
    return read;
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("rev", revision)
            .put("kind", kind.wire())
            .put("operating", operating.wire());
    restriction.ifPresent(value -> object.set("restriction", value.write()));
    position.ifPresent(value -> object.put("position", value.wire()));
    ObjectNode measured = object.putObject("quantities");
    quantities.forEach(
        (quantity, value) ->
            measured.putObject(quantity.wire()).put("value", value).put("unit", quantity.unit()));
    ArrayNode codes = object.putArray("faults");
    faults.forEach(codes::add);
    object.put("leaseSeconds", lease.toSeconds());
    grace.ifPresent(value -> object.put("graceSeconds", value.toSeconds()));
    settings.ifPresent(value -> object.put("settingsRev", value));
    location.ifPresent(value -> object.set("location", value.write()));
    branch.ifPresent(value -> object.set("branch", value.write()));
    firmware.ifPresent(value -> object.set("firmware", value.write()));
    return object;
  }
}
