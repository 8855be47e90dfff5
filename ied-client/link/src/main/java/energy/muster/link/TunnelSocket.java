// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that is connected, wherever it is told to, to one server through an HTTP proxy (RFC 9110
 * 9.3.6). In place of Smack's own, which waits for a silent proxy without an end.
 */
final class TunnelSocket extends Socket {
  private static final int LONGEST_ANSWER = 8 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");
  private static final String END = "\r\n\r\n";

  private final HttpProxy proxy;
  private final String target;

  TunnelSocket(HttpProxy proxy, String host, int port) {
    this.proxy = proxy;
    this.target = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * @param timeout milliseconds, for the connection and again for the proxy's answer
   */
  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    super.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeout);
    setSoTimeout(timeout);
    getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
    String answer = answer(getInputStream());
    Matcher status = STATUS.matcher(answer.lines().findFirst().orElse(""));
    if (!status.matches()) {
      throw new ConnectException("the proxy " + proxy + " does not speak HTTP");
    }
    if (!status.group(1).startsWith("2")) {
      throw new ConnectException(
          "the proxy %s does not connect to %s: HTTP %s".formatted(proxy, target, status.group(1)));
    }
    setSoTimeout(0);
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  private String request() {
    String login =
        proxy
            .login()
            .map(known -> known.user() + ":" + known.password())
            .map(known -> known.getBytes(StandardCharsets.UTF_8))
            .map(known -> Base64.getEncoder().encodeToString(known))
            .map(known -> "Proxy-Authorization: Basic " + known + "\r\n")
            .orElse("");
    return "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n%2$s\r\n".formatted(target, login);
  }

  /** Byte by byte: what follows the answer is not the proxy's any more. */
  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
      int next = in.read();
      if (next < 0 || answer.size() == LONGEST_ANSWER) {
        throw new ConnectException("the proxy ended the connection without an answer");
      }
      answer.write(next);
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
