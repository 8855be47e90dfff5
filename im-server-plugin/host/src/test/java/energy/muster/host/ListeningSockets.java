// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process listens on, as Linux sees it: TCP that listens, and any UDP socket. */
final class ListeningSockets {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENS = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSockets() {}

  /** Each as {@code loopback:PORT}, or {@code PROTOCOL/HEX-ADDRESS:PORT} where it is more open. */
  static Set<String> of(long pid) throws IOException {
    Set<String> inodes = inodes(pid);
    Set<String> found = new TreeSet<>();
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line :
          Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", protocol))) {
        List<String> fields = List.of(line.strip().split("\\s+"));
        boolean open = protocol.startsWith("udp") || fields.get(STATE).equals(LISTENS);
        if (fields.size() > INODE && open && inodes.contains(fields.get(INODE))) {
          found.add(name(protocol, fields.get(ADDRESS)));
        }
      }
    }
    return found;
  }

  private static String name(String protocol, String local) {
    String address = local.substring(0, local.indexOf(':'));
    int port = Integer.parseInt(local.substring(local.indexOf(':') + 1), 16);
    boolean loopback =
        address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F");
    return loopback ? "loopback:" + port : protocol + "/" + address + ":" + port;
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : descriptors) {
        Matcher socket = SOCKET.matcher(target(descriptor));
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    }
  }
}
