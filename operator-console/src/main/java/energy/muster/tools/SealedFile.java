// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Finds the sealed documents in a file: DER, base64, PEM, a stanza, or JSON (one object, or one a
 * line) that holds them under the name {@code sealed}.
 */
final class SealedFile {
  private static final long MAX_BYTES = 16L * 1024 * 1024;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (CMS|PKCS7)-----([^-]*)-----END \\1-----");
  private static final String NAME = "sealed";

  private final List<Sealed> found = new ArrayList<>();

  private SealedFile() {}

  /** In the order of the file; empty where there are none. */
  static List<Sealed> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new Refused(Reason.TOO_LARGE, file + " is larger than 16 MiB");
    }
    byte[] bytes = Files.readAllBytes(file);
    SealedFile sealed = new SealedFile();
    // A DER SEQUENCE; base64 of one begins with M.
    if (bytes.length > 0 && bytes[0] == 0x30) {
      sealed.found.add(new Sealed(bytes));
    } else {
      sealed.readText(new String(bytes, StandardCharsets.UTF_8).strip());
    }
    return sealed.found;
  }

  private void readText(String text) {
    if (text.startsWith("<")) {
      readXml(text);
    } else if (text.startsWith("{")) {
      readJson(text);
    } else if (text.contains("-----BEGIN ")) {
      Matcher block = PEM.matcher(text);
      while (block.find()) {
        addBase64(block.group(2));
      }
    } else if (!text.isEmpty()) {
      addBase64(text);
    }
  }

  private void readJson(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    boolean oneALine = lines.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    for (String object : oneALine ? lines : List.of(text)) {
      collect(Json.parseLarge(object), false);
    }
  }

  private void collect(JsonNode node, boolean named) {
    if (named && node.isTextual()) {
      addBase64(node.textValue());
    } else if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> collect(field.getValue(), field.getKey().equals(NAME)));
    } else if (node.isArray()) {
      node.forEach(element -> collect(element, named));
    }
  }

  private void readXml(String text) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamReader.START_ELEMENT) {
          continue;
        }
        String element = reader.getLocalName();
        if (element.equals(NAME)) {
          addBase64(reader.getElementText());
        } else if (element.equals("json")) {
          collect(Json.parseLarge(reader.getElementText()), false);
        }
      }
    } catch (XMLStreamException e) {
      throw new Refused(Reason.MALFORMED, "the file is not well-formed XML");
    }
  }

  private void addBase64(String text) {
    found.add(Sealed.ofBase64(text.replaceAll("\\s", "")));
  }
}
