// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.Subject;
import energy.muster.presence.DevicePresence;
import energy.muster.site.CriticalProcess;
import energy.muster.site.Equipment;
import energy.muster.site.SiteDevice;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One device as it is put on the stage.
 *
 * @param name the local part of its account
 * @param areas what its certificate says it belongs to
 * @param driver the driver's settings as they stand in the agent's configuration
 * @param callsEvery how often it calls in; empty for one that stays connected
 * @param prices what it does about prices, as it stands in the agent's configuration
 * @param firmware what it runs and how it is upgraded, as it stands in the agent's configuration
 * @param controls the branch whose master IED it is, by its certificate
 */
public record DeviceSpec(
    String name,
    Set<Area> areas,
    ObjectNode driver,
    Duration lease,
    Optional<Duration> callsEvery,
    Optional<ObjectNode> prices,
    Optional<ObjectNode> firmware,
    Optional<Area> controls) {
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  public DeviceSpec {
    areas = Set.copyOf(areas);
    driver = driver.deepCopy();
    if (lease.compareTo(DevicePresence.SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("a lease is 5 s at least");
    }
  }

  /** One that stays connected. */
  public DeviceSpec(String name, Set<Area> areas, ObjectNode driver, Duration lease) {
    this(
        name,
        areas,
        driver,
        lease,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public ObjectNode driver() {
    return driver.deepCopy();
  }

  public DeviceSpec withLease(Duration other) {
    return new DeviceSpec(name, areas, driver, other, callsEvery, prices, firmware, controls);
  }

  public DeviceSpec withDriver(ObjectNode other) {
    return new DeviceSpec(name, areas, other, lease, callsEvery, prices, firmware, controls);
  }

  /** The device as one that only calls in. */
  public DeviceSpec callingEvery(Duration interval) {
    return new DeviceSpec(
        name, areas, driver, lease, Optional.of(interval), prices, firmware, controls);
  }

  /** The device as one that does something about prices by itself. */
  public DeviceSpec minding(ObjectNode plan) {
    return new DeviceSpec(
        name, areas, driver, lease, callsEvery, Optional.of(plan.deepCopy()), firmware, controls);
  }

  /** The device as one whose firmware can be upgraded. */
  public DeviceSpec running(ObjectNode settings) {
    return new DeviceSpec(
        name, areas, driver, lease, callsEvery, prices, Optional.of(settings.deepCopy()), controls);
  }

  /** The device as the master IED of that branch. */
  public DeviceSpec controlling(Area branch) {
    return new DeviceSpec(
        name, areas, driver, lease, callsEvery, prices, firmware, Optional.of(branch));
  }

  Subject subject(BareJid account) {
    Subject device = Subject.device(account, areas);
    return controls.map(area -> device.with(Role.BRANCH_CONTROLLER, area)).orElse(device);
  }

  /** The load with a critical process on until then. */
  public DeviceSpec inProcess(String what, Instant until, ZoneId zone) {
    ObjectNode busy = driver();
    busy.putObject("criticalProcess")
        .put("note", what + ", goes offline at " + CLOCK.format(until.atZone(zone)))
        .put("until", until.toString());
    return withDriver(busy);
  }

  /** A device of a site file, its processes beginning now. */
  public static DeviceSpec of(SiteDevice device, Instant now, ZoneId zone) {
    DeviceSpec plain = new DeviceSpec(device.id(), areas(device), driver(device), DEFAULT_LEASE);
    DeviceSpec spec = Workshop.delivered(plain, device.equipment());
    if (device.equipment() instanceof Equipment.MasterIed) {
      return spec.controlling(device.branch());
    }
    if (device.equipment() instanceof Equipment.Load load
        && load.process().filter(CriticalProcess::runningAtStart).isPresent()) {
      CriticalProcess process = load.process().get();
      return spec.inProcess(process.name(), now.plus(process.length()), zone);
    }
    return spec;
  }

  /** With the tier in which a load is shed, so that its certificate says so. */
  private static Set<Area> areas(SiteDevice device) {
    Set<Area> areas = new HashSet<>(device.areas());
    if (device.equipment() instanceof Equipment.Load load) {
      areas.add(new Area("tier-" + load.priority()));
    }
    return areas;
  }

  private static ObjectNode driver(SiteDevice device) {
    Equipment equipment = device.equipment();
    if (equipment instanceof Equipment.MasterIed master) {
      return Json.object()
          .put("type", "branch")
          .put("area", device.branch().name())
          .put("ratingKw", master.rating().kilowatts())
          .put("onDelaySeconds", master.onDelay().toSeconds())
          .put("offDelaySeconds", master.offDelay().toSeconds());
    }
    ObjectNode driver = Json.object().put("type", equipment.kind().wire());
    if (equipment instanceof Equipment.Load load) {
      driver.put("kw", load.rating().active().kilowatts());
      // Where a process is known it decides; otherwise a critical load is never shed.
      driver.put("critical", load.critical() && load.process().isEmpty());
      if (!load.on()) {
        driver.put("on", false);
      }
    } else if (equipment instanceof Equipment.Generator generator) {
      driver
          .put("kw", generator.rating().active().kilowatts())
          .put("startSeconds", generator.starting().toSeconds())
          .put("stopSeconds", generator.stopping().toSeconds())
          .put("fuelPercent", generator.fuelPercent())
          .put("tankSeconds", generator.fullTank().toSeconds());
    } else if (equipment instanceof Equipment.Breaker breaker) {
      driver.put("position", breaker.normallyClosed() ? "closed" : "open");
    } else if (equipment instanceof Equipment.Meter meter) {
      driver.put("kw", 0).put("energyKwh", meter.registerKilowattHours());
    }
    return driver;
  }
}
