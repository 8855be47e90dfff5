// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.chat.ServerTrust;
import energy.muster.privacy.MedianSplit.Sample;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Somebody without any password, who begins logins to learn whose names exist. */
public final class Doorstep {
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int PROOF_BYTES = 20;
  private static final Pattern CHALLENGE = Pattern.compile("<challenge[^>]*>([^<]*)<");

  private final int port;
  private final SSLSocketFactory tls;

  /**
   * @param anchors what the server is known by
   */
  public Doorstep(int port, Path anchors) throws IOException, GeneralSecurityException {
    this.port = port;
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {ServerTrust.of(anchors)}, null);
    tls = context.getSocketFactory();
  }

  /**
   * What a login came to; the times in nanoseconds.
   *
   * @param challenge RFC 5802: a nonce, a salt and a number of iterations; or that there is none
   */
  private record Knock(String challenge, long challenged, String refusal, long refused) {
    /** Without the nonce, which is another each time. */
    String salt() {
      return challenge.replaceFirst("^r=[^,]*,", "");
    }
  }

  private Knock knock(String name) throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MILLIS);
      open(plain);
      said(plain, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<proceed");
      try (Socket secured = tls.createSocket(plain, Stage.DOMAIN, port, true)) {
        open(secured);
        long begin = System.nanoTime();
        String answer =
            said(
                secured,
                "<auth xmlns='%s' mechanism='SCRAM-SHA-1'>%s</auth>"
                    .formatted(SASL, encode("n,,n=" + name + ",r=mine")),
                "</challenge>|</failure>");
        long challenged = System.nanoTime() - begin;
        Matcher content = CHALLENGE.matcher(answer);
        if (!content.find()) {
          return new Knock(answer, challenged, "", 0);
        }
        String challenge =
            new String(Base64.getDecoder().decode(content.group(1)), StandardCharsets.UTF_8);
        String proof = Base64.getEncoder().encodeToString(new byte[PROOF_BYTES]);
        String response = "c=biws," + challenge.split(",", 2)[0] + ",p=" + proof;
        begin = System.nanoTime();
        String refusal =
            said(
                secured,
                "<response xmlns='%s'>%s</response>".formatted(SASL, encode(response)),
                "</success>|</failure>");
        return new Knock(challenge, challenged, refusal, System.nanoTime() - begin);
      }
    }
  }

  private static void open(Socket socket) throws IOException {
    said(
        socket,
        "<stream:stream to='%s' version='1.0' xmlns='jabber:client'".formatted(Stage.DOMAIN)
            + " xmlns:stream='http://etherx.jabber.org/streams'>",
        "</stream:features>");
  }

  private static String said(Socket socket, String text, String until) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    Pattern end = Pattern.compile(until);
    StringBuilder heard = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (!end.matcher(heard).find()) {
      int count = socket.getInputStream().read(buffer);
      if (count == -1) {
        throw new IOException("the server hung up after " + heard);
      }
      heard.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return heard.toString();
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All that two logins under this name tell, with everything random taken out. */
  public List<String> echo(String name) throws IOException {
    Knock first = knock(name);
    Knock again = knock(name);
    return List.of(
        first.salt().replaceFirst("^s=[A-Za-z0-9+/]{32},", "s=24 bytes,"),
        first.salt().equals(again.salt()) ? "the same salt again" : "another salt each time",
        first.refusal(),
        again.refusal());
  }

  /** Times logins under hidden and under made-up names, mixed. */
  public Times race(List<String> hidden, List<String> madeUp, int rounds) throws IOException {
    List<Sample> challenges = new ArrayList<>();
    List<Sample> refusals = new ArrayList<>();
    for (Entry entry : Entry.mixed(hidden, madeUp, rounds)) {
      Knock knock = knock(entry.account());
      challenges.add(new Sample(entry.hidden(), knock.challenged()));
      refusals.add(new Sample(entry.hidden(), knock.refused()));
    }
    return new Times("login without a password", challenges, refusals);
  }
}
