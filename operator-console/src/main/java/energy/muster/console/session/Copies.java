// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.language.Line;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.exchange.Destination;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.pki.AtomicFile;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a copy of a class of data in a folder: a file for each change set, and how far it is. The
 * file is on disk before the place is, so that a set may be written twice and none is missed.
 */
final class Copies {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int AT_ONCE = 50;

  private final Questions questions;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Copies(Questions questions, InstantSource clock, Consumer<Event> events) {
    this.questions = questions;
    this.clock = clock;
    this.events = events;
  }

  LineResult take(Line.Changes line) throws InterruptedException {
    try {
      Path folder = Files.createDirectories(Path.of(line.folder()));
      Path place = folder.resolve(line.dataClass().wire() + ".position.json");
      Destination destination = begin(place, line);
      List<Path> files = new ArrayList<>();
      int sets = 0;
      for (List<ChangeSet> next = after(destination); !next.isEmpty(); next = after(destination)) {
        for (ChangeSet set : next) {
          Destination.Taken taken = destination.take(set);
          destination = taken.next();
          sets++;
          if (taken.wanted()) {
            files.add(write(folder, set));
          }
        }
        AtomicFile.open(place, bytes(position(destination)));
      }
      events.accept(
          new Event.Copied(
              clock.instant(), line.dataClass(), sets, destination.upTo(), List.copyOf(files)));
      return new LineResult.Done(true);
    } catch (IOException | InvalidPathException e) {
      events.accept(new Event.Said(clock.instant(), "cannot write there: " + e.getMessage()));
      return new LineResult.Done(false);
    }
  }

  private static Destination begin(Path place, Line.Changes line) throws IOException {
    if (!Files.exists(place)) {
      return new Destination(line.dataClass(), line.flags(), 0, Optional.empty());
    }
    return Fields.readAll(
        Json.parse(Files.readAllBytes(place)),
        fields ->
            new Destination(
                fields.oneOf("class", DataClass::ofWire),
                line.flags(),
                fields.integer("upTo"),
                fields.optionalInstant("until")));
  }

  private static ObjectNode position(Destination destination) {
    ObjectNode object =
        Json.object().put("class", destination.dataClass().wire()).put("upTo", destination.upTo());
    destination.until().ifPresent(until -> object.put("until", until.toString()));
    return object;
  }

  private List<ChangeSet> after(Destination destination) throws InterruptedException {
    ObjectNode question =
        Json.object()
            .put("class", destination.dataClass().wire())
            .put("after", destination.upTo())
            .put("limit", AT_ONCE);
    ArrayNode flags = question.putArray("flags");
    destination.flags().forEach(flags::add);
    Payload answer = questions.set(Payload.of(Wire.CHANGE_SETS, question), ANSWER, why -> {});
    return Fields.of(answer.requireLargeJson()).objects("sets").stream()
        .map(ChangeSet::read)
        .toList();
  }

  private static Path write(Path folder, ChangeSet set) throws IOException {
    Path file = folder.resolve("%s-%08d.json".formatted(set.dataClass().wire(), set.number()));
    AtomicFile.open(file, bytes(set.write()));
    return file;
  }

  private static byte[] bytes(ObjectNode object) {
    return (Json.pretty(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
