// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks XMPP by hand over a socket, so that the tests see what is on the wire and nothing else.
 */
final class PlainClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LEAST_ITERATIONS = 4096;
  private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

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
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(pinned)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
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

  private static String first(String user) {
    return "n=" + user + ",r=" + NONCE;
  }

  /** RFC 5802. Begins a login and returns what the server says first: nonce, salt, iterations. */
  String challenge(String user) throws IOException {
    send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>%s</auth>"
            .formatted(encode("n,," + first(user))));
    String answer = readUntil("</challenge>|</failure>");
    return answer.contains("<failure") ? "" : decode(answer, "challenge");
  }

  /** RFC 5802. Returns whether the server let the user in and proved that it knows the password. */
  boolean logIn(String user, String password) throws IOException, GeneralSecurityException {
    String bare = first(user);
    String challenge = challenge(user);
    if (challenge.isEmpty()) {
      return false;
    }
    Matcher parts = Pattern.compile("r=([^,]+),s=([^,]+),i=(\\d+)").matcher(challenge);
    if (!parts.find() || !parts.group(1).startsWith(NONCE)) {
      throw new IOException("Not a SCRAM challenge: " + challenge);
    }
    int iterations = Integer.parseInt(parts.group(3));
    // RFC 5802 5.1: at least 4096. Openfire sends 0 while it makes an account: first its row, then
    // its password.
    if (iterations < LEAST_ITERATIONS) {
      return false;
    }
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
            .generateSecret(
                new PBEKeySpec(
                    password.toCharArray(),
                    Base64.getDecoder().decode(parts.group(2)),
                    iterations,
                    160))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] storedKey = java.security.MessageDigest.getInstance("SHA-1").digest(clientKey);
    String unproven = "c=biws,r=" + parts.group(1);
    String signed = bare + "," + challenge + "," + unproven;
    byte[] proof = hmac(storedKey, signed);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    send(
        "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%s</response>"
            .formatted(encode(unproven + ",p=" + Base64.getEncoder().encodeToString(proof))));
    String verdict = readUntil("</success>|</failure>");
    String server = Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
    return verdict.contains("<success") && decode(verdict, "success").equals("v=" + server);
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

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String answer, String element) {
    Matcher content = Pattern.compile("<" + element + "[^>]*>([^<]*)</").matcher(answer);
    return content.find()
        ? new String(Base64.getDecoder().decode(content.group(1)), StandardCharsets.UTF_8)
        : "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
