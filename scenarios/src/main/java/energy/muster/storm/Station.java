// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.document.DocumentId;
import energy.muster.stage.Access;
import energy.muster.stage.Cable;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * One process of devices with its line to the server, its journal and the records of its equipment.
 */
final class Station implements AutoCloseable {
  private static final List<String> PARTS = List.of("", "-wal", "-shm");

  private final String name;
  private final Stage stage;
  private final Cable cable;
  private final Path journal;
  private final Path traces;
  private final List<DeviceSpec> devices;
  private final Path config;
  private Optional<Child> process = Optional.empty();

  /**
   * @param devices without the option {@code trace}, which is added here
   * @param journals the folder its journal is in
   */
  Station(String name, Stage stage, List<DeviceSpec> devices, Path journals) throws IOException {
    this.name = name;
    this.stage = stage;
    this.cable = new Cable(name, stage::port);
    this.journal = journals.resolve(name + ".db");
    this.traces = Files.createDirectories(stage.folder().data().resolve("traces"));
    this.devices = devices.stream().map(this::traced).toList();
    this.config =
        stage.folder().deviceConfig(name, this.devices, Access.tcp(cable.port()), journal);
  }

  private DeviceSpec traced(DeviceSpec spec) {
    return spec.withDriver(spec.driver().put("trace", trace(spec.name()).toString()));
  }

  Path trace(String device) {
    return traces.resolve(device + ".jsonl");
  }

  Cable cable() {
    return cable;
  }

  Path journal() {
    return journal;
  }

  List<String> names() {
    return devices.stream().map(DeviceSpec::name).toList();
  }

  synchronized void start() {
    if (process.filter(Child::alive).isEmpty()) {
      process = Optional.of(stage.launchDevices(name, config, List.of()));
    }
  }

  synchronized void kill() {
    process.filter(Child::alive).ifPresent(Child::kill);
  }

  synchronized void freeze() {
    process.filter(Child::alive).ifPresent(Child::freeze);
  }

  synchronized void thaw() {
    process.filter(Child::alive).ifPresent(Child::thaw);
  }

  /** While it is not running: keeps its journal as it is. */
  synchronized void copyJournal() {
    eachPart(
        (part, copy) -> {
          if (Files.exists(part)) {
            Files.copy(part, copy, StandardCopyOption.REPLACE_EXISTING);
          }
        });
  }

  /** While it is not running: puts the copy in place of its journal. */
  synchronized void restoreJournal() {
    eachPart(
        (part, copy) -> {
          Files.deleteIfExists(part);
          if (Files.exists(copy)) {
            Files.copy(copy, part);
          }
        });
  }

  /** While it is not running: it starts as if new. */
  synchronized void loseJournal() {
    eachPart((part, copy) -> Files.deleteIfExists(part));
  }

  @FunctionalInterface
  private interface PartOf {
    void each(Path part, Path copy) throws IOException;
  }

  private void eachPart(PartOf work) {
    try {
      for (String part : PARTS) {
        work.each(
            journal.resolveSibling(journal.getFileName() + part),
            journal.resolveSibling(journal.getFileName() + ".copy" + part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the last that each of its devices said of its session is that it is proven; one that
   * only calls in need not be there.
   */
  synchronized boolean proven() {
    return process.filter(Child::alive).isPresent()
        && devices.stream()
            .filter(device -> device.callsEvery().isEmpty())
            .allMatch(device -> proven(device.name(), process.get()));
  }

  private boolean proven(String device, Child child) {
    String jid = stage.folder().jid(device).toString();
    boolean proven = false;
    for (var event : child.events()) {
      if (event.path("device").asText().equals(jid)) {
        switch (event.path("event").asText()) {
          case "proven" -> proven = true;
          case "cut" -> proven = false;
          default -> {
            // Says nothing of its session.
          }
        }
      }
    }
    return proven;
  }

  /** What its equipment recorded, device by device. */
  List<Fact> recorded() {
    return names().stream().flatMap(device -> Trace.read(device, trace(device)).stream()).toList();
  }

  /** Whether its equipment carried that order out. */
  boolean acted(DocumentId order) {
    return recorded().stream()
        .anyMatch(fact -> fact instanceof Fact.Acted acted && acted.id().equals(order));
  }

  @Override
  public void close() {
    cable.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
