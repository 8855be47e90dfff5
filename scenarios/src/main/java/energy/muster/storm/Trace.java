// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import energy.muster.presence.Operating;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Reads what simulated equipment recorded of itself. */
final class Trace {
  private Trace() {}

  static List<Fact> read(String device, Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream().map(line -> fact(device, Json.parse(line))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fact fact(String device, ObjectNode line) {
    Instant at = Instant.parse(line.path("at").asText());
    if (line.has("undone")) {
      return new Fact.Undone(at, device, Verb.named(line.path("undone").asText()));
    }
    return new Fact.Acted(
        at,
        device,
        new DocumentId(line.path("id").asText()),
        Verb.named(line.path("verb").asText()),
        Operating.ofWire(line.path("was").asText()));
  }
}
