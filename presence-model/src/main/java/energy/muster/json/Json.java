// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON dialect of Muster: RFC 8259, UTF-8, no duplicate keys, nothing after the document,
 * depth at most 16, strings at most 1 KiB (documents that carry others, such as an exported order,
 * are read with {@link #parseLarge}).
 */
public final class Json {
  /** Largest document, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 1024;
  private static final int MAX_LARGE_BYTES = 16 * 1024 * 1024;

  private static final JsonMapper STRICT = mapper(MAX_STRING);
  private static final JsonMapper LARGE = mapper(MAX_LARGE_BYTES);

  private Json() {}

  private static JsonMapper mapper(int maxString) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(maxString)
                    .maxNumberLength(32)
                    .maxNameLength(128)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
        .build();
  }

  /** Reads one object. Refuses with {@code malformed} or {@code too-large}. */
  public static ObjectNode parse(byte[] utf8) {
    return parse(STRICT, utf8, MAX_BYTES);
  }

  public static ObjectNode parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * For unsigned containers that carry many signed documents: the same rules, up to 16 MiB and long
   * strings.
   */
  public static ObjectNode parseLarge(String text) {
    return parse(LARGE, text.getBytes(StandardCharsets.UTF_8), MAX_LARGE_BYTES);
  }

  private static ObjectNode parse(JsonMapper mapper, byte[] utf8, int maxBytes) {
    if (utf8.length > maxBytes) {
      throw new Refused(
          Refusal.of(Reason.TOO_LARGE, "%d bytes, at most %d are read", utf8.length, maxBytes));
    }
    try {
      // Decoding first, because Jackson would also guess UTF-16 and UTF-32.
      JsonNode node = mapper.readTree(Utf8.decode(utf8));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new Refused(Reason.MALFORMED, "expected one JSON object");
    } catch (JsonProcessingException e) {
      throw new Refused(
          Reason.MALFORMED, "not the JSON expected: " + firstLine(e.getOriginalMessage()));
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Compact UTF-8 with the fields in the order they were put. */
  public static byte[] bytes(JsonNode node) {
    try {
      return STRICT.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(JsonNode node) {
    return new String(bytes(node), StandardCharsets.UTF_8);
  }

  /** Indented, for people. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
