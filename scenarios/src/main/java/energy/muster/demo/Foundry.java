// SPDX-License-Identifier: Apache-2.0
package energy.muster.demo;

import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.console.session.Setup;
import energy.muster.firmware.Depot;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Area;
import energy.muster.refusal.Refused;
import energy.muster.stage.Seat;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import energy.muster.stage.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A builder and a releaser that only the demo has: beside the prompt, one firmware is built and
 * released, so that {@code upgrade switches to 2.4.1} does something.
 */
final class Foundry {
  private static final FirmwareVersion VERSION = new FirmwareVersion(2, 4, 1);
  private static final int BYTES = 400_000;

  /** A list that ends sooner than this is renewed. */
  private static final Duration LEFT = Duration.ofDays(2);

  private final Stage stage;
  private final InstantSource clock;

  Foundry(Stage stage, InstantSource clock) {
    this.stage = stage;
    this.clock = clock;
  }

  /** Before the server is started. */
  static void enrol(Stage stage) {
    Workshop.staff(stage, Area.ALL);
  }

  /** Begins; the thread ends by itself, and with the program. */
  Thread start() {
    Thread thread = new Thread(this::publish, "demo-foundry");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void publish() {
    try {
      Depot depot = depot();
      Instant soon = clock.instant().plus(LEFT);
      boolean there =
          depot.expires().filter(end -> end.isAfter(soon)).isPresent()
              && depot.firmwares().stream()
                  .anyMatch(each -> each.released() && each.version().equals(VERSION));
      if (there) {
        return;
      }
      Workshop workshop = new Workshop(stage.folder(), clock);
      Workshop.Built built = workshop.build(VERSION, Workshop.Health.WELL, BYTES);
      says(Workshop.BUILDER, "publish firmware " + built.image() + " with " + built.file());
      says(
          Workshop.RELEASER,
          "publish releases " + workshop.release(depot.releases() + 1, List.of(built)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | Refused | StageFailure e) {
      System.err.println("muster demo: no firmware is released: " + e.getMessage());
    }
  }

  private Depot depot() throws IOException, InterruptedException {
    AtomicReference<Optional<Depot>> found = new AtomicReference<>(Optional.empty());
    says(
        Workshop.RELEASER,
        "firmware",
        event -> {
          if (event instanceof FirmwareEvent.DepotShown shown) {
            found.set(Optional.of(shown.depot()));
          }
        });
    return found.get().orElseThrow(() -> new StageFailure("the service keeps no firmware"));
  }

  private void says(String person, String line) throws IOException, InterruptedException {
    says(person, line, unseen -> {});
  }

  private void says(String person, String line, Consumer<Event> sees)
      throws IOException, InterruptedException {
    try (ConsoleSession session =
        Seat.take(stage, stage.folder().jid(person), Setup.PATIENCE, Setup.IDLE, clock, sees)) {
      if (!session.run(line).ok()) {
        throw new StageFailure("the service has not taken '" + line + "'");
      }
    }
  }
}
