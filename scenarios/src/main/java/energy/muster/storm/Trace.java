// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Reads what simulated equipment recorded of itself. */
final class Trace {
  private Trace() {}

  static List<Fact.Acted> read(String device, Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(line -> acted(device, Json.parse(line)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fact.Acted acted(String device, ObjectNode line) {
    return new Fact.Acted(
        Instant.parse(line.path("at").asText()),
        device,
        new DocumentId(line.path("id").asText()),
        Verb.ofWire(line.path("verb").asText()).orElseThrow());
  }
}
