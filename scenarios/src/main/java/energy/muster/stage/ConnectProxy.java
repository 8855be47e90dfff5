// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import energy.muster.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy that does nothing but CONNECT (RFC 9110 9.3.6), as stands at the edge of an office;
 * with a login if it is given one.
 */
public final class ConnectProxy implements AutoCloseable {
  private static final int LONGEST_HEAD = 8 * 1024;
  private static final int PIECE = 16 * 1024;
  private static final int CONNECT_MILLIS = 5_000;
  private static final Pattern CONNECT = Pattern.compile("CONNECT ([^ ]+):(\\d+) HTTP/1\\.[01]");

  private final ServerSocket entrance;
  private final Optional<String> login;
  private final AtomicInteger opened = new AtomicInteger();
  private final Map<Integer, LongAdder> brought = new ConcurrentHashMap<>();

  /**
   * Opens it.
   *
   * @param address to listen on
   * @param login {@code user:password}; without one it asks for none
   */
  public ConnectProxy(InetAddress address, int port, Optional<String> login) throws IOException {
    this.entrance = new ServerSocket(port, 0, address);
    this.login =
        login.map(
            known ->
                "proxy-authorization: basic "
                    + Base64.getEncoder().encodeToString(known.getBytes(StandardCharsets.UTF_8)));
    start(this::enter);
  }

  /** In a process of its own. Arguments: address, port, and a file with a login or nothing. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<String> login =
        arguments.length > 2
            ? Optional.of(Files.readString(Path.of(arguments[2])).strip())
            : Optional.empty();
    try (ConnectProxy proxy =
        new ConnectProxy(
            InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1]), login)) {
      System.out.println(Json.text(Json.object().put("event", "ready").put("port", proxy.port())));
      Thread.currentThread().join();
    }
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** How many tunnels it has opened. */
  public int opened() {
    return opened.get();
  }

  /** How many bytes it has carried back from that port. */
  public long broughtFrom(int port) {
    return Optional.ofNullable(brought.get(port)).map(LongAdder::sum).orElse(0L);
  }

  private void enter() {
    while (true) {
      try {
        Socket client = entrance.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        // The client was gone before it was accepted, unless this is the end.
        if (entrance.isClosed()) {
          return;
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      Matcher asked = CONNECT.matcher(head.lines().findFirst().orElse(""));
      if (!asked.matches()) {
        answer(client, "405 Method Not Allowed");
      } else if (login.isPresent() && !saysLogin(head)) {
        answer(
            client,
            "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"edge\"");
      } else {
        tunnel(client, asked.group(1), Integer.parseInt(asked.group(2)));
      }
    } catch (IOException e) {
      // One end is gone, and with it the tunnel.
      return;
    }
  }

  /** What is secret in it is compared as it was sent. */
  private boolean saysLogin(String head) {
    return head.lines()
        .map(
            line ->
                line.replaceFirst(
                    "(?i)^proxy-authorization: basic ", "proxy-authorization: basic "))
        .anyMatch(login.orElseThrow()::equals);
  }

  private void tunnel(Socket client, String host, int port) throws IOException {
    try (Socket far = new Socket()) {
      try {
        far.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      } catch (IOException e) {
        answer(client, "502 Bad Gateway");
        return;
      }
      far.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      opened.incrementAndGet();
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      LongAdder count = brought.computeIfAbsent(port, any -> new LongAdder());
      start(() -> carry(far, client, count));
      carry(client, far, new LongAdder());
    }
  }

  private static void carry(Socket from, Socket to, LongAdder count) {
    byte[] bytes = new byte[PIECE];
    try (from;
        to) {
      for (int read = from.getInputStream().read(bytes);
          read >= 0;
          read = from.getInputStream().read(bytes)) {
        to.getOutputStream().write(bytes, 0, read);
        count.add(read);
      }
    } catch (IOException e) {
      // Both are closed, which is how the other direction learns of it.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() == LONGEST_HEAD) {
        throw new IOException("no request");
      }
      head.write(next);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    return text;
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "connect-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
