// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What was seen of some devices together, in the terms of IEEE 1366 with devices for customers: an
 * interruption of more than five minutes is sustained, a shorter one is momentary, and planned ones
 * are kept apart.
 *
 * @param up how long they were there, all together
 * @param faulty how long they were gone without a reason
 * @param left how long they were gone after a goodbye that named no return
 * @param planned how long they were gone until a time they had named, or in maintenance
 * @param sustainedDown of {@code faulty} and {@code left}, what belongs to sustained interruptions
 */
record Tally(
    int devices,
    Duration up,
    Duration faulty,
    Duration left,
    Duration planned,
    Duration sustainedDown,
    int sustained,
    int momentary) {
  /** IEEE 1366: up to this long an interruption is momentary. */
  static final Duration MOMENTARY = Duration.ofMinutes(5);

  static final Tally NOTHING =
      new Tally(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        devices + other.devices,
        up.plus(other.up),
        faulty.plus(other.faulty),
        left.plus(other.left),
        planned.plus(other.planned),
        sustainedDown.plus(other.sustainedDown),
        sustained + other.sustained,
        momentary + other.momentary);
  }

  Duration down() {
    return faulty.plus(left);
  }

  /** ASAI: up by up and down; empty where neither was seen. */
  OptionalDouble availability() {
    double demanded = seconds(up.plus(down()));
    return demanded == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds(up) / demanded);
  }

  /** 0.999 is three; empty where nothing was ever down, or nothing seen. */
  OptionalDouble nines() {
    OptionalDouble availability = availability();
    return availability.isEmpty() || down().isZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of(-Math.log10(seconds(down()) / seconds(up.plus(down()))));
  }

  /** SAIDI: how long a device was interrupted on average, momentary interruptions apart. */
  double saidiSeconds() {
    return devices == 0 ? 0 : seconds(sustainedDown) / devices;
  }

  /** SAIFI: how often, momentary interruptions apart. */
  double saifi() {
    return devices == 0 ? 0 : (double) sustained / devices;
  }

  /** CAIDI: how long a sustained interruption lasted on average. */
  OptionalDouble caidiSeconds() {
    return sustained == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds(sustainedDown) / sustained);
  }

  /** MAIFI: momentary interruptions a device. */
  double maifi() {
    return devices == 0 ? 0 : (double) momentary / devices;
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("devices", devices);
    availability().ifPresent(value -> object.put("availability", value));
    nines().ifPresent(value -> object.put("nines", value));
    object
        .put("upSeconds", up.toSeconds())
        .put("faultSeconds", faulty.toSeconds())
        .put("goodbyeSeconds", left.toSeconds())
        .put("plannedSeconds", planned.toSeconds())
        .put("sustained", sustained)
        .put("momentary", momentary)
        .put("saidiSeconds", saidiSeconds())
        .put("saifi", saifi())
        .put("maifi", maifi());
    caidiSeconds().ifPresent(value -> object.put("caidiSeconds", value));
    return object;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
