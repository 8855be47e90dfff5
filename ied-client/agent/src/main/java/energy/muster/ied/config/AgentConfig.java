// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.device.ContactSchedule;
import energy.muster.ied.device.Promises;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.firmware.FirmwareSettings;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.ServerRoute;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Location;
import energy.muster.refusal.Refused;
import energy.muster.response.PricePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one process runs: a device, or a gateway for many.
 *
 * @param site the utility's name for the network
 * @param server how to get to the server
 * @param tlsAnchors PEM that the server's TLS certificate is checked against
 * @param trustAnchors PEM with the authorities whose certificates may sign
 * @param journal the file that must not be lost
 * @param clockTolerance how far the system clock may be behind what it was
 * @param zone in which times are said to people
 */
public record AgentConfig(
    String site,
    ServerRoute server,
    Path tlsAnchors,
    Path trustAnchors,
    Path journal,
    Duration clockTolerance,
    ZoneId zone,
    List<DeviceConfig> devices) {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  public AgentConfig {
    devices = List.copyOf(devices);
    require(!devices.isEmpty(), "devices: name at least one");
    Set<BareJid> seen = new HashSet<>();
    devices.forEach(
        device -> require(seen.add(device.jid()), device.jid() + " is named twice in devices"));
  }

  /**
   * Reads a file; relative paths in it are relative to its folder.
   *
   * @throws ConfigException naming the file, the field and the device
   */
  public static AgentConfig read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read; name a file with --config");
    }
    try {
      ObjectNode object = Json.parseLarge(text);
      Path folder = file.toAbsolutePath().getParent();
      return Fields.readAll(object, fields -> read(fields, folder));
    } catch (Refused e) {
      throw new ConfigException(file + ": " + e.refusal().text());
    }
  }

  private static AgentConfig read(Fields fields, Path folder) {
    Fields server = fields.object("server");
    ZoneId zone = fields.optionalValue("zone", ZoneId::of).orElse(ZoneId.systemDefault());
    AgentConfig config =
        new AgentConfig(
            fields.text("site"),
            ServerRoute.read(server, folder),
            folder.resolve(server.text("tlsAnchors")),
            folder.resolve(fields.text("trustAnchors")),
            folder.resolve(fields.text("journal")),
            fields.optionalInteger("clockToleranceSeconds").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst()
                .orElse(TrustedClock.TOLERANCE),
            zone,
            fields.objects("devices").stream()
                .map(device -> device(device, folder, zone))
                .toList());
    server.end();
    return config;
  }

  private static DeviceConfig device(Fields device, Path folder, ZoneId zone) {
    BareJid jid = device.value("jid", BareJid::parse);
    try {
      return device.all(fields -> device(jid, fields, folder, zone));
    } catch (Refused e) {
      throw new Refused(e.refusal().reason(), jid + ": " + e.refusal().text());
    }
  }

  private static DeviceConfig device(BareJid jid, Fields fields, Path folder, ZoneId zone) {
    Duration lease =
        fields.optionalInteger("leaseSeconds").stream()
            .mapToObj(Duration::ofSeconds)
            .findFirst()
            .orElse(LEASE);
    require(
        lease.compareTo(DevicePresence.SHORTEST_LEASE) >= 0
            && lease.compareTo(DevicePresence.LONGEST_LEASE) <= 0,
        "leaseSeconds is 5 to 86400, not " + lease.toSeconds());
    return new DeviceConfig(
        jid,
        folder.resolve(fields.text("passwordFile")),
        folder.resolve(fields.text("identity")),
        folder.resolve(fields.text("passphraseFile")),
        lease,
        fields.has("twoPersons") ? Set.copyOf(fields.values("twoPersons", Verb::named)) : Set.of(),
        fields.optionalOneOf("releasedBy", Role::ofWire).orElse(Role.ENGINEER),
        DriverSettings.read(fields.object("driver"), folder),
        fields.optionalObject("contact").map(contact -> contact.all(AgentConfig::contact)),
        promises(fields, lease),
        fields.optionalObject("prices").flatMap(PricePlan::read),
        fields
            .optionalObject("firmware")
            .map(own -> own.all(it -> FirmwareSettings.read(it, folder, zone))));
  }

  private static Promises promises(Fields fields, Duration lease) {
    Duration most = lease.compareTo(LONGEST_ASKED) > 0 ? lease : LONGEST_ASKED;
    return new Promises(
        seconds(fields, "graceSeconds"),
        seconds(fields, "shortestLeaseSeconds").orElse(DevicePresence.SHORTEST_LEASE),
        seconds(fields, "longestLeaseSeconds").orElse(most),
        fields.optionalObject("location").map(place -> place.all(Location::read)));
  }

  private static Optional<Duration> seconds(Fields fields, String name) {
    return fields.optionalInteger(name).stream().mapToObj(Duration::ofSeconds).findFirst();
  }

  private static ContactSchedule contact(Fields fields) {
    require(fields.has("every") != fields.has("at"), "contact says every or at, one of the two");
    return fields.has("every")
        ? new ContactSchedule.Every(fields.value("every", Duration::parse))
        : new ContactSchedule.At(fields.values("at", LocalTime::parse));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
