// SPDX-License-Identifier: Apache-2.0
package energy.muster.chat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One JSON object of texts, written as a line; by hand, because no library may come along. */
final class Event {
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Event() {}

  static Event named(String name) {
    return new Event().with("event", name);
  }

  Event with(String field, String text) {
    fields.put(field, text);
    return this;
  }

  void write() {
    String line =
        fields.entrySet().stream()
            .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
            .collect(Collectors.joining(",", "{", "}\n"));
    // One write, because stanzas arrive on threads of their own.
    PrintStream out = System.out;
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '"' || c == '\\') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
