// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;

/** Fetches parts of files from the server over HTTPS, one after another. */
final class HttpsFiles implements ServerFiles {
  private static final int AT_ONCE = 1;
  private static final int LONGEST_WORDS = 1024;

  private final CloseableHttpClient client;
  private final HttpHost server;
  private final Duration within;

  HttpsFiles(ServerRoute route, String domain, X509TrustManager anchors, Duration within) {
    this.server = HttpsClients.server(route);
    this.client = HttpsClients.open(route, domain, anchors, AT_ONCE, within, within);
    this.within = within;
  }

  @Override
  public RangeAnswer get(String path, String token, long first, long last) throws IOException {
    int length = Math.toIntExact(last + 1 - first);
    long end = System.nanoTime() + within.toNanos();
    HttpGet request = new HttpGet(path);
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    request.setHeader(HttpHeaders.RANGE, "bytes=" + first + "-" + last);
    return client.execute(
        server,
        request,
        answer -> {
          try {
            return read(answer, length, end);
          } catch (IOException e) {
            // Otherwise the client would read on to the end, which may never come.
            request.abort();
            throw e;
          }
        });
  }

  private static RangeAnswer read(ClassicHttpResponse answer, int length, long end)
      throws IOException {
    int status = answer.getCode();
    int most = status == HttpStatus.SC_PARTIAL_CONTENT ? length : LONGEST_WORDS;
    return new RangeAnswer(
        status,
        header(answer, HttpHeaders.CONTENT_RANGE),
        header(answer, HttpHeaders.RETRY_AFTER),
        body(answer.getEntity(), most, end));
  }

  private static Optional<String> header(ClassicHttpResponse answer, String name) {
    return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
  }

  private static byte[] body(HttpEntity entity, int most, long end) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[most + 1];
    int size = 0;
    InputStream in = entity.getContent();
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes, size, bytes.length - size)) {
      size += read;
      if (System.nanoTime() - end > 0) {
        throw new IOException("the answer does not come to its end in time");
      }
      if (size > most) {
        throw new IOException("the answer is longer than was asked for");
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
