// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;

/** Posts to the server over HTTPS. */
final class HttpsPost implements HttpPost {
  private static final String PATH = "/http-bind/";
  private static final int AT_ONCE = 2;
  private static final int LONGEST_ANSWER = 16 * 1024 * 1024;
  private static final int RETRY_LATER = 500;

  private final CloseableHttpClient client;
  private final HttpHost server;

  /**
   * @param connectWithin also for the proxy's answer
   * @param answerWithin longer than the server keeps a request
   */
  HttpsPost(
      ServerRoute route,
      String domain,
      X509TrustManager anchors,
      Duration connectWithin,
      Duration answerWithin) {
    this.server = HttpsClients.server(route);
    this.client = HttpsClients.open(route, domain, anchors, AT_ONCE, connectWithin, answerWithin);
  }

  @Override
  public String post(String text) throws IOException {
    return client.execute(
        server,
        ClassicRequestBuilder.post(PATH)
            .setEntity(
                new StringEntity(text, ContentType.create("text/xml", StandardCharsets.UTF_8)))
            .build(),
        HttpsPost::read);
  }

  private static String read(ClassicHttpResponse answer) throws IOException, HttpException {
    int status = answer.getCode();
    if (status >= RETRY_LATER) {
      throw new IOException("the server or a proxy answers over HTTP with " + status);
    }
    if (status != HttpStatus.SC_OK) {
      throw new HttpRefusal(status);
    }
    return EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8, LONGEST_ANSWER);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
