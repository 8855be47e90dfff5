// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Line;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Shows and writes out orders as the service keeps them, with what of them is certain. */
final class Archive {
  private final Records records;
  private final Notary notary;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Archive(Records records, Notary notary, InstantSource clock, Consumer<Event> events) {
    this.records = records;
    this.notary = notary;
    this.clock = clock;
    this.events = events;
  }

  LineResult list(Line.Orders asked) throws InterruptedException {
    List<OrderRecord> found = records.list(asked.filter());
    return done(new Event.Orders(now(), found));
  }

  LineResult show(Line.OrderDetail asked) throws InterruptedException {
    OrderRecord order = records.one(asked.id());
    return done(new Event.OrderShown(now(), order, notary.examine(order)));
  }

  LineResult export(Line.Export export) throws InterruptedException {
    OrderRecord order = records.one(export.id());
    try {
      List<Path> files = records.export(order, Path.of(export.folder()));
      return done(new Event.Exported(now(), order.id(), files));
    } catch (IOException | InvalidPathException e) {
      events.accept(new Event.Said(now(), "cannot write there: " + e.getMessage()));
      return new LineResult.Done(false);
    }
  }

  private LineResult done(Event event) {
    events.accept(event);
    return new LineResult.Done(true);
  }

  private Instant now() {
    return clock.instant();
  }
}
