// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import energy.muster.scenario.StoryFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Somebody else's mail server, which takes nothing before STARTTLS and a login, and somebody else's
 * web server, both on the loopback with one certificate.
 */
final class MailRoom implements AutoCloseable {
  static final String USER = "muster";
  static final String PASSWORD = "only-for-this-story";

  private final int port;
  private final SSLContext tls;
  private final HttpsServer web;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private SMTPServer mail;

  /** What was posted, with headers in lower case. */
  record Post(Map<String, String> headers, String body) {}

  /**
   * @param anchors where the certificate is written for whoever is to believe it
   */
  MailRoom(Path anchors) throws IOException, GeneralSecurityException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    tls = tls(anchors);
    web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setHttpsConfigurator(new HttpsConfigurator(tls));
    web.createContext("/", this::post);
    web.start();
  }

  /** Where the mail server is, or will be. */
  int port() {
    return port;
  }

  String webhook() {
    return "https://localhost:" + web.getAddress().getPort() + "/alarms";
  }

  /** From now on there is a mail server. */
  void open() {
    mail =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .requireTLS()
            .startTlsSocketFactory(tls)
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, context) -> {
                      if (!user.equals(USER) || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                      }
                    }))
            .messageHandler(
                (context, from, to, data) ->
                    mails.add("To: " + to + "\n" + new String(data, StandardCharsets.UTF_8)))
            .build();
    mail.start();
  }

  List<String> mails() {
    return mails;
  }

  List<Post> posts() {
    return posts;
  }

  private void post(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.get(0)));
    posts.add(
        new Post(
            headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static SSLContext tls(Path anchors) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Certificate certificate = certificate(pair);
    Files.writeString(
        anchors,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return context(store, pair, certificate);
  }

  private static SSLContext context(KeyStore empty, KeyPair pair, Certificate certificate)
      throws GeneralSecurityException {
    char[] passphrase = PASSWORD.toCharArray();
    empty.setKeyEntry("server", pair.getPrivate(), passphrase, new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(empty, passphrase);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Certificate certificate(KeyPair pair)
      throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=localhost");
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.ONE,
                      Date.from(now.minus(Duration.ofHours(1))),
                      Date.from(now.plus(Duration.ofDays(1))),
                      name,
                      pair.getPublic())
                  .addExtension(
                      Extension.subjectAlternativeName,
                      false,
                      new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new StoryFailure("no certificate: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    web.stop(0);
    if (mail != null) {
      mail.stop();
    }
  }
}
