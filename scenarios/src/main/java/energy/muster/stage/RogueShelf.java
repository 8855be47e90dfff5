// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.Subject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server on loopback that gives images, each of its folders in another wrong way. It
 * remembers who came and how much they took.
 */
public final class RogueShelf implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("GET /([a-z-]+)/.*");
  private static final Pattern RANGE = Pattern.compile("(?i)range: bytes=([0-9]+)-([0-9]+)");
  private static final Duration DRIP = Duration.ofMillis(100);
  private static final int MANY_WORDS = 5_000;
  private static final int AT_ONCE = 64 * 1024;

  /** More than a device may be made to read, less than this machine holds. */
  private static final long MOST = 256L * 1024 * 1024;

  /** What is wrong with it. */
  public enum Trick {
    /** One bit of every piece is another. */
    ALTERED,
    /** The range was right; then it goes on and on. */
    ENDLESS,
    /** The answer's head never ends. */
    ENDLESS_HEAD,
    /** It says that the image is longer than was signed. */
    WRONG_SIZE,
    /** It names a range with more words than anybody wants to read. */
    TALKATIVE,
    /** A few bytes of every piece, then the line is closed. */
    CUT_SHORT,
    /** A byte now and then. */
    SLOW,
    /** All of it, whatever was asked for. */
    WHOLE,
    /** It sends the device on to somewhere else. */
    REDIRECT;

    /** As a device is given it. */
    public String folder() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final byte[] image;
  private final ServerSocket door;
  private final boolean tls;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> taken = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RogueShelf(byte[] image, ServerSocket door, boolean tls) {
    this.image = image.clone();
    this.door = door;
    this.tls = tls;
    start(this::enter, "rogue");
  }

  public static RogueShelf open(byte[] image) {
    try {
      return new RogueShelf(
          image, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that shows a certificate of an authority that nobody at the site knows. */
  public static RogueShelf foreign(byte[] image) {
    char[] secret = "rogue".toCharArray();
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(
          new ByteArrayInputStream(
              CertificateAuthority.create("elsewhere", InstantSource.system())
                  .issue(Subject.of(BareJid.parse("www@elsewhere.example"), Role.DEVICE, Area.ALL))
                  .pkcs12(secret)),
          secret);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, secret);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return new RogueShelf(
          image,
          context
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
          true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new StageFailure("there is no TLS here", e);
    }
  }

  /** Where a device that is played this trick fetches from. */
  public String address(Trick trick) {
    return (tls ? "https" : "http") + "://127.0.0.1:" + door.getLocalPort() + "/" + trick.folder();
  }

  /** How many requests for it came; over TLS, connections. */
  public int asked(Trick trick) {
    return asked.getOrDefault(key(trick), new AtomicInteger()).get();
  }

  /** How many bytes at most one answer of it could get rid of. */
  public long taken(Trick trick) {
    return taken.getOrDefault(key(trick), new AtomicLong()).get();
  }

  private String key(Trick trick) {
    return trick.folder();
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void enter() {
    while (true) {
      try {
        Socket visitor = door.accept();
        open.add(visitor);
        start(() -> serve(visitor), "rogue-answer");
      } catch (IOException over) {
        return;
      }
    }
  }

  private void serve(Socket visitor) {
    try (visitor;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(visitor.getInputStream(), StandardCharsets.ISO_8859_1))) {
      // One request a connection: it closes after each answer.
      String first = String.valueOf(in.readLine());
      Matcher request = REQUEST.matcher(first);
      int from = 0;
      int to = -1;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        Matcher range = RANGE.matcher(line);
        if (range.matches()) {
          from = Integer.parseInt(range.group(1));
          to = Integer.parseInt(range.group(2));
        }
      }
      if (request.matches()) {
        String folder = request.group(1);
        asked.computeIfAbsent(folder, any -> new AtomicInteger()).incrementAndGet();
        Trick trick = Trick.valueOf(folder.toUpperCase(Locale.ROOT).replace('-', '_'));
        answer(trick, from, to, new Counted(visitor.getOutputStream(), folder));
      }
    } catch (IOException left) {
      // The visitor had enough, which is what is counted.
      return;
    } finally {
      open.remove(visitor);
    }
  }

  private void answer(Trick trick, int from, int to, Counted out) throws IOException {
    byte[] piece = Arrays.copyOfRange(image, from, to + 1);
    long size = (long) image.length + (trick == Trick.WRONG_SIZE ? 1 : 0);
    String head = "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nContent-Range: bytes ";
    String range = head + from + "-" + to + "/" + size + "\r\n";
    String length = range + "Content-Length: " + piece.length + "\r\n\r\n";
    switch (trick) {
      case ALTERED -> {
        piece[piece.length / 2] ^= 1;
        out.write(length);
        out.write(piece);
      }
      case ENDLESS -> {
        out.write(range + "\r\n");
        out.write(piece);
        endlessly(out, new byte[AT_ONCE]);
      }
      case ENDLESS_HEAD -> {
        out.write(range);
        endlessly(
            out, "X-More: and more of it\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
      }
      case WRONG_SIZE -> {
        out.write(length);
        out.write(piece);
      }
      case TALKATIVE -> {
        out.write(
            head + "x".repeat(MANY_WORDS) + "\r\nContent-Length: " + piece.length + "\r\n\r\n");
        out.write(piece);
      }
      case CUT_SHORT -> {
        out.write(length);
        out.write(Arrays.copyOf(piece, piece.length / 2));
      }
      case SLOW -> {
        out.write(length);
        for (byte each : piece) {
          out.write(new byte[] {each});
          if (rest()) {
            return;
          }
        }
      }
      case WHOLE -> {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: " + image.length + "\r\n\r\n");
        out.write(image);
      }
      case REDIRECT ->
          out.write(
              "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                  + address(Trick.ALTERED)
                  + "/x\r\n\r\n");
    }
  }

  private static void endlessly(Counted out, byte[] more) throws IOException {
    while (out.most < MOST) {
      out.write(more);
    }
  }

  /** Whether it is over. */
  private boolean rest() {
    try {
      return closed.await(DRIP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Counts what one answer could get rid of. */
  private final class Counted {
    private final OutputStream out;
    private final AtomicLong record;
    private long most;

    Counted(OutputStream out, String folder) {
      this.out = out;
      this.record = taken.computeIfAbsent(folder, any -> new AtomicLong());
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      most += bytes.length;
      record.accumulateAndGet(most, Math::max);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      door.close();
      for (Socket visitor : open) {
        visitor.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
