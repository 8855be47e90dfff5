// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.scenario.Scene;
import energy.muster.stage.Cable;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SmallDisk;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything a fault can strike: the server, the stations, the lines and a disk. */
final class Fleet implements AutoCloseable {
  static final List<String> PAIR = List.of("load-1", "load-2");
  static final String GENERATOR = "gen-1";
  static final String BREAKER = "breaker-1";

  /** A load whose journal is on the disk that can stall. */
  static final String STALLED = "load-3";

  /** The one that comes back with an older journal. */
  static final String RESTORED = "load-9";

  /** One that is not connected, but calls in. */
  static final String CALLER = "load-7";

  static final List<String> DEVICES =
      List.of("load-1", "load-2", STALLED, GENERATOR, BREAKER, CALLER, RESTORED);
  static final List<String> STATIONS =
      List.of("pair", STALLED, GENERATOR, BREAKER, CALLER, RESTORED);

  private static final Set<String> ON_DISK = Set.of(STALLED, GENERATOR);

  private static final Area AREA = new Area("feeder-123");
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration CALLS_EVERY = Duration.ofSeconds(10);
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

  private static final long DEVICES_DISK = 8L * 1024 * 1024;
  private static final long SERVER_DISK = 512L * 1024 * 1024;

  private final Stage stage;
  private final History history;
  private final Scene scene;
  private final Map<String, Station> stations = new LinkedHashMap<>();
  private final Map<String, Cable> lines = new LinkedHashMap<>();
  private Optional<SmallDisk> disk = Optional.empty();
  private Optional<SmallDisk> serverDisk = Optional.empty();
  private final OldJournal oldJournal = new OldJournal(RESTORED);

  Fleet(Scene scene, History history) {
    this.scene = scene;
    this.stage = scene.stage();
    this.history = history;
  }

  /** Brings everything up. */
  void raise() throws IOException, InterruptedException {
    Path data = stage.folder().data();
    DEVICES.forEach(device -> stage.enrol(spec(device)));
    try {
      disk = Optional.of(SmallDisk.mount(data.resolve("disk"), DEVICES_DISK));
      serverDisk = Optional.of(SmallDisk.mount(stage.folder().server().resolve("db"), SERVER_DISK));
    } catch (SmallDisk.Unavailable none) {
      scene.note("Left out: a slow and a full disk; " + none.getMessage());
    }
    stage.startServer();
    for (String name : STATIONS) {
      Path journals =
          disk.filter(any -> ON_DISK.contains(name))
              .map(SmallDisk::folder)
              .orElse(data.resolve("devices"));
      List<DeviceSpec> devices = devicesOf(name).stream().map(Fleet::spec).toList();
      Station station = new Station(name, stage, devices, journals);
      stations.put(name, station);
      lines.put(name, station.cable());
      station.start();
    }
  }

  /** The devices of a station; none if it is no station. */
  static List<String> devicesOf(String station) {
    if (station.equals("pair")) {
      return PAIR;
    }
    return STATIONS.contains(station) ? List.of(station) : List.of();
  }

  private static DeviceSpec spec(String device) {
    var driver =
        switch (device) {
          case GENERATOR ->
              Json.object()
                  .put("type", "generator")
                  .put("kw", 100)
                  .put("startSeconds", 1)
                  .put("stopSeconds", 1);
          case BREAKER -> Json.object().put("type", "breaker").put("position", "closed");
          default -> Json.object().put("type", "load").put("kw", 20);
        };
    DeviceSpec spec = new DeviceSpec(device, Set.of(AREA), driver, LEASE);
    return device.equals(CALLER) ? spec.callingEvery(CALLS_EVERY) : spec;
  }

  void connect(String name, Cable line) {
    lines.put(name, line);
  }

  Station station(String name) {
    return stations.get(name);
  }

  /** What all equipment recorded of itself. */
  List<Fact> recorded() {
    return stations.values().stream().flatMap(station -> station.recorded().stream()).toList();
  }

  boolean proven() {
    return stations.values().stream().allMatch(Station::proven);
  }

  String absent() {
    return stations.values().stream()
        .filter(station -> !station.proven())
        .map(Station::toString)
        .toList()
        .toString();
  }

  void begin(Strike strike) throws IOException, InterruptedException {
    history.note(new Fact.Struck(scene.now(), strike.toString()));
    switch (strike.kind()) {
      case KILL_SERVER -> killServer();
      case FREEZE_SERVER -> server().ifPresent(Child::freeze);
      case KILL_DEVICE -> station(strike.victim()).kill();
      case FREEZE_DEVICE -> station(strike.victim()).freeze();
      case CUT_LINE -> lines.get(strike.victim()).cut();
      case DROP_LINE -> lines.get(strike.victim()).drop();
      case HOLD_TO_SERVER -> lines.get(strike.victim()).hold(EnumSet.of(Cable.Way.TO_SERVER));
      case HOLD_FROM_SERVER -> lines.get(strike.victim()).hold(EnumSet.of(Cable.Way.FROM_SERVER));
      case DELAY_LINE -> lines.get(strike.victim()).delay(strike.lasts());
      case DROP_ALL_LINES -> lines.values().forEach(Cable::drop);
      case STALL_DISK -> befall(disk, SmallDisk::stall);
      case FILL_DISK -> befall(disk, SmallDisk::fill);
      case STALL_SERVER_DISK -> befall(serverDisk, SmallDisk::stall);
      case FILL_SERVER_DISK -> befall(serverDisk, SmallDisk::fill);
      case OLD_JOURNAL -> age(station(strike.victim()));
    }
  }

  private void age(Station station) {
    OldJournal.Step step = oldJournal.next(history.facts());
    station.kill();
    switch (step) {
      case TAKE -> {
        station.copyJournal();
        oldJournal.taken(scene.now());
      }
      case BRING_BACK -> {
        station.restoreJournal();
        oldJournal.broughtBack();
        history.note(new Fact.Restored(scene.now(), RESTORED));
      }
      case NOTHING -> {
        // Only killed.
      }
    }
  }

  /** Whether a copy of a journal waits for the journal to go on. */
  boolean copyIsCurrent() {
    return oldJournal.isCurrent(history.facts());
  }

  void end(Strike strike) throws IOException, InterruptedException {
    switch (strike.kind()) {
      case KILL_SERVER -> launchServer();
      case FREEZE_SERVER -> server().ifPresent(Child::thaw);
      case KILL_DEVICE, OLD_JOURNAL -> station(strike.victim()).start();
      case FREEZE_DEVICE -> station(strike.victim()).thaw();
      case CUT_LINE, HOLD_TO_SERVER, HOLD_FROM_SERVER, DELAY_LINE ->
          lines.get(strike.victim()).heal();
      case DROP_LINE, DROP_ALL_LINES -> {
        // Over as soon as it was done.
      }
      case STALL_DISK, FILL_DISK -> befall(disk, SmallDisk::heal);
      case STALL_SERVER_DISK -> befall(serverDisk, SmallDisk::heal);
      case FILL_SERVER_DISK -> {
        befall(serverDisk, SmallDisk::heal);
        // One that was to start meanwhile said why it cannot, and ended.
        launchServer();
      }
    }
  }

  @FunctionalInterface
  private interface DiskFault {
    void strike(SmallDisk disk) throws IOException, InterruptedException;
  }

  /** Where there is no such disk, nothing can befall it. */
  private static void befall(Optional<SmallDisk> disk, DiskFault fault)
      throws IOException, InterruptedException {
    if (disk.isPresent()) {
      fault.strike(disk.get());
    }
  }

  private Optional<Child> server() {
    return Optional.of(stage.server()).filter(Child::alive);
  }

  synchronized void killServer() {
    server().ifPresent(Child::kill);
  }

  synchronized void launchServer() {
    if (server().isEmpty()) {
      stage.launchServer();
    }
  }

  /** Ends every fault and brings back whoever is down; returns when the server answers. */
  void heal() throws IOException, InterruptedException {
    lines.values().forEach(Cable::heal);
    befall(disk, SmallDisk::heal);
    befall(serverDisk, SmallDisk::heal);
    server().ifPresent(Child::thaw);
    launchServer();
    stations.values().forEach(Station::thaw);
    stations.values().forEach(Station::start);
    if (stage.server().first(0, Fleet::ready, STARTS_WITHIN).isEmpty()) {
      // One that began to start while its disk was full has only now given up.
      launchServer();
    }
    stage.awaitServer();
  }

  private static boolean ready(ObjectNode event) {
    return event.path("event").asText().equals("ready");
  }

  @Override
  public void close() {
    stations.values().forEach(Station::kill);
    stations.values().forEach(Station::close);
    killServer();
    disk.ifPresent(SmallDisk::close);
    serverDisk.ifPresent(SmallDisk::close);
  }
}
