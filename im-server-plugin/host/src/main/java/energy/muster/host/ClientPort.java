// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The loopback port of XMPP clients, seen from outside the server. */
final class ClientPort {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MAX_ANSWER = 8192;

  private ClientPort() {}

  /** The given port if it is free, or any free one for 0. */
  static int free(int wanted) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new HostFailure(
          "Port %d on %s cannot be listened on: %s"
              .formatted(wanted, InetAddress.getLoopbackAddress().getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** Whether a client that opens a stream is told to start TLS. */
  static boolean answers(int port, String domain) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              ("<?xml version='1.0'?><stream:stream to='"
                      + domain
                      + "' version='1.0' xmlns='jabber:client'"
                      + " xmlns:stream='http://etherx.jabber.org/streams'>")
                  .getBytes(StandardCharsets.UTF_8));
      return readUntilFeatures(socket.getInputStream()).contains("<starttls");
    } catch (IOException e) {
      return false;
    }
  }

  private static String readUntilFeatures(InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[1024];
    int count = in.read(buffer);
    while (count != -1 && answer.length() < MAX_ANSWER) {
      answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      if (answer.indexOf("</stream:features>") != -1) {
        break;
      }
      count = in.read(buffer);
    }
    return answer.toString();
  }
}
