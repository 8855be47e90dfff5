// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Speaks XMPP by hand over a socket, so that the tests see what is on the wire and nothing else.
 */
final class PlainClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final String domain;
  private Socket socket;

  private PlainClient(String domain, Socket socket) {
    this.domain = domain;
    this.socket = socket;
  }

  static PlainClient connect(int port, String domain) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new PlainClient(domain, socket);
  }

  /** Opens a stream and returns what the server offers. */
  String open() throws IOException {
    send(
        "<stream:stream to='%s' version='1.0' xmlns='jabber:client'".formatted(domain)
            + " xmlns:stream='http://etherx.jabber.org/streams'>");
    return readUntil("</stream:features>");
  }

  /** Continues over TLS with a server that shows exactly the pinned certificate. */
  void startTls(Path pinned) throws IOException, GeneralSecurityException {
    send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    readUntil("<proceed");
    SSLContext context = Pinned.context(pinned);
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, domain, socket.getPort(), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    socket = secured;
  }

  Certificate certificate() throws IOException {
    return ((SSLSocket) socket).getSession().getPeerCertificates()[0];
  }

  String tlsProtocol() {
    return ((SSLSocket) socket).getSession().getProtocol();
  }

  /** Begins a login and returns what the server says first: nonce, salt, iterations. */
  String challenge(String user) throws IOException {
    send(Scram.auth(user));
    return Scram.challenge(readUntil("</challenge>|</failure>"));
  }

  /** Returns whether the server let the user in and proved that it knows the password. */
  boolean logIn(String user, String password) throws IOException, GeneralSecurityException {
    String challenge = challenge(user);
    if (challenge.isEmpty()) {
      return false;
    }
    Scram.Proof proof = Scram.prove(user, password, challenge);
    if (proof.element().isEmpty()) {
      return false;
    }
    send(proof.element());
    return proof.taken(readUntil("</success>|</failure>"));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads until the pattern is found or the stream ends; returns everything read. */
  String readUntil(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (!wanted.matcher(text).find()) {
      int count = socket.getInputStream().read(buffer);
      if (count == -1) {
        break;
      }
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  /** Returns everything until the server ends the stream. */
  String readUntilTheEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
