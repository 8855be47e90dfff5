// SPDX-License-Identifier: Apache-2.0
package energy.muster.scan;

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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The ClamAV daemon, by its command INSTREAM (clamd(8)) over TCP or a Unix socket: pieces with
 * their length before them, a length of zero at the end, one line as the answer.
 */
public final class Clamd implements Scanner {
  /** How long one content may take, unless somebody says otherwise. */
  public static final Duration USUAL = Duration.ofMinutes(5);

  /** What the daemon takes, in bytes, unless somebody says otherwise. */
  public static final long MOST = 256L * 1024 * 1024;

  private static final int PIECE = 64 * 1024;
  private static final int LONGEST_ANSWER = 1024;
  private static final int LONGEST_WORDS = 200;
  private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final String STREAM = "stream: ";
  private static final String CLEAN = "OK";
  private static final String FOUND = " FOUND";

  private final SocketAddress address;
  private final Duration patience;
  private final long most;

  /**
   * @param patience for one content altogether
   * @param most the largest content that is offered, in bytes: what the daemon is set to take
   */
  public Clamd(SocketAddress address, Duration patience, long most) {
    this.address = address;
    this.patience = patience;
    this.most = most;
  }

  /** {@code /run/clamav/clamd.ctl} or {@code 127.0.0.1:3310}. */
  public static SocketAddress address(String text) {
    if (text.startsWith("/")) {
      return UnixDomainSocketAddress.of(text);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "clamd listens at the path of a socket or at HOST:PORT, not at '" + text + "'");
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public Verdict scan(Content content) {
    try {
      long size = content.size();
      if (size > most) {
        return new Verdict.Unavailable(
            "%d bytes are more than the scanner takes, %d".formatted(size, most));
      }
      return talk(content);
    } catch (IOException e) {
      return unasked(e);
    }
  }

  private static Verdict unasked(Throwable why) {
    return new Verdict.Unavailable(clean("the scanner cannot be asked: " + why.getMessage()));
  }

  private Verdict talk(Content content) throws IOException {
    try (SocketChannel channel = SocketChannel.open(family())) {
      CompletableFuture<Verdict> verdict = new CompletableFuture<>();
      Thread talk =
          new Thread(
              () -> {
                try {
                  channel.connect(address);
                  verdict.complete(verdict(asked(channel, content)));
                } catch (IOException | RuntimeException e) {
                  verdict.complete(unasked(e));
                }
              },
              "clamd");
      talk.setDaemon(true);
      talk.start();
      // Closing the channel at the end of the block ends the talk that is given up.
      return verdict.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Verdict.Unavailable(
          "the scanner did not answer in " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unavailable("interrupted");
    } catch (ExecutionException e) {
      return unasked(e.getCause());
    }
  }

  private StandardProtocolFamily family() {
    return address instanceof UnixDomainSocketAddress
        ? StandardProtocolFamily.UNIX
        : StandardProtocolFamily.INET;
  }

  private static String asked(SocketChannel channel, Content content) throws IOException {
    send(channel, ByteBuffer.wrap(COMMAND));
    byte[] piece = new byte[PIECE];
    try (InputStream in = content.open()) {
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

  /** One line that ends with a zero, and nothing after it; what is cut short is no answer. */
  private static String answer(SocketChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_ANSWER);
    while (channel.read(buffer.clear()) >= 0 && answer.size() <= LONGEST_ANSWER) {
      answer.write(buffer.array(), 0, buffer.position());
    }
    String text = answer.toString(StandardCharsets.US_ASCII);
    if (text.isEmpty()) {
      throw new IOException("it said nothing");
    }
    if (text.indexOf('\0') != text.length() - 1) {
      throw new IOException("its answer is not one line: " + clean(text));
    }
    return text.substring(0, text.length() - 1);
  }

  /** Its words are shown to people, on terminals too. */
  private static String clean(String said) {
    String visible = said.replaceAll("[^ -~]", "?").strip();
    return visible.length() <= LONGEST_WORDS ? visible : visible.substring(0, LONGEST_WORDS);
  }

  private static Verdict verdict(String answer) {
    String words = answer.startsWith(STREAM) ? answer.substring(STREAM.length()) : answer;
    if (words.equals(CLEAN)) {
      return new Verdict.Clean();
    }
    return words.endsWith(FOUND)
        ? new Verdict.Found(clean(words.substring(0, words.length() - FOUND.length())))
        : new Verdict.Unavailable(
            "the scanner said: " + (words.isBlank() ? "nothing" : clean(words)));
  }
}
