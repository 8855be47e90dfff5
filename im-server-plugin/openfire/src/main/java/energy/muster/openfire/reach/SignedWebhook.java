// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.service.reach.Errand;
import energy.muster.service.reach.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Posts an alarm as JSON over HTTPS, signed as Standard Webhooks has it ({@code webhook-id}, {@code
 * webhook-timestamp}, {@code webhook-signature}), so that receivers can use what exists.
 */
final class SignedWebhook implements Webhook {
  static final String TYPE = "alarm.unattended";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;

  private final Path secretFile;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * @param secretFile read at each try, so that it can be changed
   * @param anchors whose certificates are believed, as PEM; without them, Java's authorities
   */
  SignedWebhook(Path secretFile, Optional<Path> anchors, InstantSource clock)
      throws IOException, GeneralSecurityException {
    WebhookSecret.read(secretFile);
    this.secretFile = secretFile;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .sslContext(TlsClient.context(anchors))
            .connectTimeout(CONNECT)
            // What an engineer has signed is the address, and no other.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public CompletionStage<Void> post(URI to, Errand errand) {
    if (!"https".equals(String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT))) {
      return CompletableFuture.failedFuture(new NotTaken("a webhook is https, not " + to));
    }
    HttpRequest request;
    try {
      request = request(to, errand);
    } catch (IOException | GeneralSecurityException e) {
      return CompletableFuture.failedFuture(new NotTaken("the webhook cannot be signed", e));
    }
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw new NotTaken(to.getHost() + " did not take the webhook", failure);
              }
              if (answer.statusCode() / HUNDRED != SUCCESS) {
                throw new NotTaken(
                    to.getHost() + " answered the webhook with " + answer.statusCode());
              }
              return null;
            });
  }

  private HttpRequest request(URI to, Errand errand) throws IOException, GeneralSecurityException {
    byte[] body = Json.bytes(body(errand));
    String id = errand.id().text();
    // Of this try, not of the alarm: receivers refuse what is minutes old as replayed.
    long seconds = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(to)
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(seconds))
        .header("webhook-signature", WebhookSecret.read(secretFile).sign(id, seconds, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static ObjectNode body(Errand errand) {
    ObjectNode body = Json.object().put("type", TYPE).put("timestamp", errand.at().toString());
    ObjectNode data = body.putObject("data").put("site", errand.site());
    data.set("alarm", errand.alarm().write());
    errand.word().ifPresent(word -> data.put("sealed", word.base64()));
    return body;
  }
}
