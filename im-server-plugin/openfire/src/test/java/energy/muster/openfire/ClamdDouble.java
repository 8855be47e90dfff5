// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One talk with what speaks as the ClamAV daemon does. */
final class ClamdDouble implements Closeable {
  private final ServerSocket door;
  private final CompletableFuture<byte[]> taken = new CompletableFuture<>();

  /**
   * @param answers what it says of the bytes; without one it says nothing, ever
   */
  ClamdDouble(Function<byte[], Optional<String>> answers) throws IOException {
    door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread talk = new Thread(() -> talk(answers), "clamd-double");
    talk.setDaemon(true);
    talk.start();
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** What it has got. */
  byte[] taken() {
    return taken.join();
  }

  private void talk(Function<byte[], Optional<String>> answers) {
    try (Socket client = door.accept();
        DataInputStream in = new DataInputStream(client.getInputStream())) {
      byte[] command = in.readNBytes("zINSTREAM\0".length());
      if (!new String(command, StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
        throw new IOException("not what clamd is asked");
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int length = in.readInt(); length > 0; length = in.readInt()) {
        all.writeBytes(in.readNBytes(length));
      }
      taken.complete(all.toByteArray());
      Optional<String> answer = answers.apply(all.toByteArray());
      if (answer.isPresent()) {
        client.getOutputStream().write((answer.get() + "\0").getBytes(StandardCharsets.US_ASCII));
      } else {
        // Until whoever asked has given up.
        var unused = in.read();
      }
    } catch (IOException e) {
      taken.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
