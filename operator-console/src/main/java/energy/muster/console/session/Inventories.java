// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.FirmwareLine;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Inventory;
import energy.muster.firmware.InventoryEntry;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What runs where, by each device's signed word, and a file of it for other programs. */
final class Inventories {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Setup setup;
  private final Mirror mirror;
  private final Questions questions;
  private final Consumer<Event> events;

  Inventories(Setup setup, Mirror mirror, Questions questions, Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.questions = questions;
    this.events = events;
  }

  LineResult show(FirmwareLine.Runs asked) throws InterruptedException {
    Optional<Set<BareJid>> only =
        asked.devices().isPresent()
            ? Optional.of(Set.copyOf(mirror.resolve(asked.devices().get())))
            : Optional.empty();
    List<InventoryEntry> entries = new ArrayList<>();
    Optional<BareJid> after = Optional.empty();
    Inventory page;
    do {
      Inventory.Query query =
          new Inventory.Query(after, Inventory.MOST, Optional.empty(), Optional.empty());
      page =
          Inventory.read(
              questions.get(Payload.of(Wire.INVENTORY, query.write()), ANSWER).requireLargeJson());
      entries.addAll(page.devices());
      after = page.next();
    } while (after.isPresent());
    List<InventoryEntry> meant =
        entries.stream()
            .filter(each -> only.isEmpty() || only.get().contains(each.device()))
            .filter(each -> asked.needs().isEmpty() || needs(each, asked.needs().get()))
            .toList();
    Optional<Path> file = asked.file().map(target -> write(target, meant));
    events.accept(
        new FirmwareEvent.InventoryShown(
            setup.clock().instant(),
            page.releases(),
            meant,
            only.isPresent() || asked.needs().isPresent() ? 0 : page.unreported(),
            file));
    return new LineResult.Done(true);
  }

  private static boolean needs(InventoryEntry entry, FirmwareVersion version) {
    return entry.installed().version().compareTo(version) < 0
        && entry.newest().filter(newest -> newest.compareTo(version) >= 0).isPresent();
  }

  private static Path write(Line.Target file, List<InventoryEntry> entries) {
    String name = file.text().toLowerCase(Locale.ROOT);
    String text;
    if (name.endsWith(".csv")) {
      text = csv(entries);
    } else if (name.endsWith(".json")) {
      Inventory all = new Inventory(0, entries, 0, Optional.empty());
      text = Json.pretty(all.write().get("devices")) + "\n";
    } else {
      throw new Hint(file.column(), "name a file that ends in .csv or .json");
    }
    try {
      return Files.writeString(Path.of(file.text()), text, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new Hint(file.column(), "cannot write " + file.text() + ": " + e.getMessage());
    }
  }

  /** RFC 4180; no value here can hold a comma or a quotation mark. */
  private static String csv(List<InventoryEntry> entries) {
    StringBuilder csv =
        new StringBuilder(
            "device,hardware,product,version,standing,newest,counter,boot,at,manifest,order,scan\r\n");
    for (InventoryEntry each : entries) {
      csv.append(
          String.join(
              ",",
              each.device().toString(),
              each.installed().hardware().toString(),
              each.installed().product(),
              each.installed().version().toString(),
              each.standing().wire(),
              each.newest().map(FirmwareVersion::toString).orElse(""),
              Long.toString(each.installed().counter()),
              Long.toString(each.installed().boot()),
              each.at().toString(),
              each.manifest().map(Digest::toString).orElse(""),
              each.order().map(DocumentId::text).orElse(""),
              each.scan().map(scan -> scan.result().wire()).orElse("")));
      csv.append("\r\n");
    }
    return csv.toString();
  }
}
