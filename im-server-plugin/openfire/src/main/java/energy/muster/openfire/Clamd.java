// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.service.firmware.Scanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The ClamAV daemon, by its command INSTREAM (clamd(8)) over TCP or a Unix socket: pieces with
 * their length before them, a length of zero at the end, one line as the answer.
 */
final class Clamd implements Scanner {
  static final String ADDRESS = "muster.firmware.clamd";
  static final String SECONDS = "muster.firmware.clamd.seconds";
  static final String MEBIBYTES = "muster.firmware.clamd.mebibytes";

  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final long MEBIBYTE = 1024L * 1024;
  private static final int PIECE = 64 * 1024;
  private static final int LONGEST_ANSWER = 1024;
  private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final String STREAM = "stream: ";
  private static final String CLEAN = "OK";
  private static final String FOUND = " FOUND";

  private final SocketAddress address;
  private final Duration patience;
  private final long most;
  private final Executor threads;

  /**
   * @param patience for one file altogether
   * @param most the largest file that is offered, in bytes: what the daemon is set to take
   * @param threads run the talk, so that it can be given up
   */
  Clamd(SocketAddress address, Duration patience, long most, Executor threads) {
    this.address = address;
    this.patience = patience;
    this.most = most;
    this.threads = threads;
  }

  /** As the administrator has set it; none where no address is set. */
  static Scanner of(Function<String, String> properties, Executor threads) {
    String text = properties.apply(ADDRESS);
    if (text == null || text.isBlank()) {
      return Scanner.NONE;
    }
    return new Clamd(
        address(text.strip()),
        Duration.ofSeconds(whole(properties.apply(SECONDS), USUAL.toSeconds())),
        whole(properties.apply(MEBIBYTES), 256) * MEBIBYTE,
        threads);
  }

  private static long whole(String text, long otherwise) {
    return text == null || text.isBlank() ? otherwise : Long.parseLong(text.strip());
  }

  /** {@code /run/clamav/clamd.ctl} or {@code 127.0.0.1:3310}. */
  static SocketAddress address(String text) {
    if (text.startsWith("/")) {
      return UnixDomainSocketAddress.of(text);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          ADDRESS + " is a path of a socket or HOST:PORT, not '" + text + "'");
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public Verdict scan(Path image) {
    try {
      long size = Files.size(image);
      if (size > most) {
        return new Verdict.Unavailable(
            "%d bytes are more than the scanner takes, %d".formatted(size, most));
      }
      return talk(image);
    } catch (IOException e) {
      return new Verdict.Unavailable("the scanner cannot be asked: " + e.getMessage());
    }
  }

  private Verdict talk(Path image) throws IOException {
    try (SocketChannel channel = SocketChannel.open(family())) {
      CompletableFuture<Verdict> verdict = new CompletableFuture<>();
      threads.execute(
          () -> {
            try {
              channel.connect(address);
              verdict.complete(verdict(asked(channel, image)));
            } catch (IOException | RuntimeException e) {
              verdict.complete(
                  new Verdict.Unavailable("the scanner cannot be asked: " + e.getMessage()));
            }
          });
      // Closing the channel at the end of the block ends the talk that is given up.
      return verdict.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Verdict.Unavailable(
          "the scanner did not answer in " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unavailable("the service is stopping");
    } catch (ExecutionException e) {
      return new Verdict.Unavailable("the scanner cannot be asked: " + e.getCause());
    }
  }

  private StandardProtocolFamily family() {
    return address instanceof UnixDomainSocketAddress
        ? StandardProtocolFamily.UNIX
        : StandardProtocolFamily.INET;
  }

  private static String asked(SocketChannel channel, Path image) throws IOException {
    send(channel, ByteBuffer.wrap(COMMAND));
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(image)) {
      for (int read = in.read(piece); read > 0; read = in.read(piece)) {
        send(channel, length(read));
        send(channel, ByteBuffer.wrap(piece, 0, read));
      }
    }
    send(channel, length(0));
    return answer(channel);
  }

  private static ByteBuffer length(int length) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(length).flip();
  }

  private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String answer(SocketChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_ANSWER);
    while (channel.read(buffer.clear()) >= 0 && answer.size() <= LONGEST_ANSWER) {
      answer.write(buffer.array(), 0, buffer.position());
    }
    return answer.toString(StandardCharsets.US_ASCII).replace("\0", "").strip();
  }

  private static Verdict verdict(String answer) {
    String words = answer.startsWith(STREAM) ? answer.substring(STREAM.length()) : answer;
    if (words.equals(CLEAN)) {
      return new Verdict.Clean();
    }
    return words.endsWith(FOUND)
        ? new Verdict.Found(words.substring(0, words.length() - FOUND.length()))
        : new Verdict.Unavailable("the scanner said: " + (words.isEmpty() ? "nothing" : words));
  }
}
