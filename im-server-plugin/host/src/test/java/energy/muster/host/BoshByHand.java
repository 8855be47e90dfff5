// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks BOSH by hand, a TLS connection for each request, so that a test may say anything. */
final class BoshByHand {
  private static final int PATIENCE_MILLIS = 40_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");
  private static final Pattern SID = Pattern.compile(" sid=\"([^\"]+)\"");

  private final int port;
  private final String domain;
  private final SSLContext trust;
  private String sid = "";
  private long number = 1000;

  BoshByHand(int port, String domain, Path pinned) throws IOException, GeneralSecurityException {
    this.port = port;
    this.domain = domain;
    this.trust = Pinned.context(pinned);
  }

  record Answer(int status, String text) {}

  Answer say(String request) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher status = STATUS.matcher(text);
      return new Answer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
    }
  }

  Answer ask(String method, String path) throws IOException {
    return say(head(method + " " + path, "Origin: https://elsewhere.example"));
  }

  /** The head of a request. */
  static String head(String request, String field) {
    return String.join(
        "\r\n", request + " HTTP/1.1", "Host: x", field, "Connection: close", "", "");
  }

  Answer post(String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return say(head("POST /http-bind/", "Content-Length: " + length) + body);
  }

  /** Opens a session with these terms. */
  Answer open(String terms) throws IOException {
    Answer answer =
        post(
            "<body xmlns='http://jabber.org/protocol/httpbind' rid='%d' to='%s' %s/>"
                .formatted(number, domain, terms));
    Matcher found = SID.matcher(answer.text());
    sid = found.find() ? found.group(1) : "";
    return answer;
  }

  long next() {
    return ++number;
  }

  Answer send(String stanzas) throws IOException {
    return send(next(), stanzas);
  }

  Answer send(long request, String stanzas) throws IOException {
    return send(request, "", stanzas);
  }

  Answer send(long request, String more, String stanzas) throws IOException {
    return post(
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='%d' sid='%s' %s>%s</body>"
            .formatted(request, sid, more, stanzas));
  }

  boolean logIn(String user, String password) throws IOException, GeneralSecurityException {
    String challenge = Scram.challenge(send(Scram.auth(user)).text());
    Scram.Proof proof = Scram.prove(user, password, challenge);
    if (!proof.taken(send(proof.element()).text())) {
      return false;
    }
    send(next(), "xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true' to='" + domain + "'", "");
    return send("<iq xmlns='jabber:client' type='set' id='bind'>"
            + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>")
        .text()
        .contains("<jid>" + user + "@" + domain);
  }
}
