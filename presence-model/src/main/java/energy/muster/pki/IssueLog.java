// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The authority's memory: one JSON object a line, appended and synced, never rewritten. A last line
 * without its end was being written when the power went; what it says was never handed out, so it
 * did not happen.
 */
final class IssueLog {
  private final Path file;

  IssueLog(Path file) {
    this.file = file;
  }

  List<ObjectNode> read() throws IOException {
    String text = Files.readString(file, UTF_8);
    List<ObjectNode> entries = new ArrayList<>();
    for (int at = 0, end; (end = text.indexOf('\n', at)) >= 0; at = end + 1) {
      entries.add(Json.parseLarge(text.substring(at, end)));
    }
    return entries;
  }

  void append(List<ObjectNode> entries) throws IOException {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(Json.text(entry)).append('\n'));
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.truncate(wholeLines(channel));
      channel.position(channel.size());
      ByteBuffer left = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static long wholeLines(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      channel.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }
}
