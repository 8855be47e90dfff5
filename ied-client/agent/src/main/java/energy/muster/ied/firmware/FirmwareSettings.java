// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Installed;
import energy.muster.json.Fields;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a device is upgraded.
 *
 * @param folder of its slots
 * @param came what it came with
 * @param parts versions of what is not part of the image
 * @param policy how many must have signed
 * @param httpFirst whether an image is fetched over HTTP before the service is asked for it
 * @param http where images may be had besides what an order names; the server that the session is
 *     with, if there is none
 * @param pieceWithin how long a piece may take over HTTP
 * @param windows when it may be interrupted; always, if there are none
 * @param zone in which their times are meant
 * @param selfTestWithin how long a new firmware may take to say that it is well
 * @param scanner who looks through an image before it is installed
 */
public record FirmwareSettings(
    Path folder,
    Hardware hardware,
    Firmware came,
    SortedMap<String, FirmwareVersion> parts,
    FirmwarePolicy policy,
    boolean httpFirst,
    Optional<URI> http,
    Duration pieceWithin,
    List<InstallWindow> windows,
    ZoneId zone,
    Duration selfTestWithin,
    ScannerSettings scanner) {
  private static final long PIECE_SECONDS = 10;
  private static final long SELF_TEST_SECONDS = 10;
  private static final long MOST_SECONDS = 600;

  public FirmwareSettings {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(hardware);
    Objects.requireNonNull(came);
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    Objects.requireNonNull(policy);
    Objects.requireNonNull(http);
    Objects.requireNonNull(pieceWithin);
    windows = List.copyOf(windows);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(selfTestWithin);
    Objects.requireNonNull(scanner);
  }

  /**
   * Reads the section {@code firmware} of a device.
   *
   * @param base to which its folder is relative
   * @param local in which windows are meant unless it says another zone
   */
  public static FirmwareSettings read(Fields fields, Path base, ZoneId local) {
    SortedMap<String, FirmwareVersion> parts = new TreeMap<>();
    fields
        .optionalObject("parts")
        .ifPresent(
            all ->
                all.rest()
                    .forEach(part -> parts.put(part, all.value(part, FirmwareVersion::parse))));
    return new FirmwareSettings(
        base.resolve(fields.text("folder")),
        fields.value("hardware", Hardware::parse),
        Firmware.delivered(
            fields.text("product"),
            fields.value("version", FirmwareVersion::parse),
            fields.optionalInteger("counter").orElse(0)),
        parts,
        new FirmwarePolicy(
            Math.toIntExact(fields.optionalInteger("builders").orElse(1)),
            Math.toIntExact(fields.optionalInteger("releasers").orElse(1))),
        fields.optionalOneOf("transfer", FirmwareSettings::httpFirst).orElse(false),
        fields.optionalValue("http", FirmwareSettings::address),
        seconds(fields, "pieceSeconds", PIECE_SECONDS),
        fields.has("windows")
            ? fields.objects("windows").stream()
                .map(window -> window.all(InstallWindow::read))
                .toList()
            : List.of(),
        fields.optionalValue("zone", ZoneId::of).orElse(local),
        seconds(fields, "selfTestSeconds", SELF_TEST_SECONDS),
        fields
            .optionalObject("scanner")
            .map(scanner -> scanner.all(ScannerSettings::read))
            .orElse(ScannerSettings.OFF));
  }

  private static Optional<Boolean> httpFirst(String word) {
    return switch (word) {
      case "http" -> Optional.of(true);
      case "xmpp" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || address.getHost() == null) {
      throw new IllegalArgumentException("an image is fetched from http:// or https://");
    }
    return address;
  }

  private static Duration seconds(Fields fields, String name, long otherwise) {
    long seconds = fields.optionalInteger(name).orElse(otherwise);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(name + " is 1 to " + MOST_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }

  /** What runs, as it is told. */
  public Installed installed(BootRecord record) {
    Firmware running = record.running();
    return new Installed(
        hardware, running.product(), running.version(), running.counter(), record.boot(), parts);
  }

  /** Why it is not the time to interrupt the device; empty if it is. */
  public Optional<String> closed(Instant now) {
    return windows.isEmpty() || windows.stream().anyMatch(it -> it.open(now.atZone(zone)))
        ? Optional.empty()
        : Optional.of(
            "it is installed from "
                + windows.stream().map(InstallWindow::toString).collect(Collectors.joining(", "))
                + " only");
  }
}
