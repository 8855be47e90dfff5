// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.link.RangeAnswer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server beside the one that the session is with, which gives ranges of {@code BASE/DIGEST}
 * (RFC 9110 14). It is not trusted: it is told nothing but what is wanted, a redirect is not
 * followed, more bytes than were asked for are not read, and a piece that does not come in time is
 * given up.
 */
public final class HttpSource implements Source {
  private static final int PARTIAL_CONTENT = 206;

  private final URI base;
  private final HttpClient client;
  private final Duration within;

  /**
   * @param trust for https; empty for what the Java platform trusts
   * @param within how long one piece may take, the connection included
   */
  public HttpSource(URI base, Optional<SSLContext> trust, Duration within) {
    this.base = base;
    this.within = within;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(within);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  @Override
  public String name() {
    return base.getScheme() + "://" + base.getRawAuthority();
  }

  @Override
  public Duration apart() {
    return Duration.ZERO;
  }

  @Override
  public byte[] chunk(Image image, int index) throws TransferException {
    HttpRequest request =
        HttpRequest.newBuilder(address(image))
            .header("Range", "bytes=" + image.offset(index) + "-" + Ranges.last(image, index))
            .timeout(within)
            .GET()
            .build();
    String range = Ranges.of(image, index);
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(
            request,
            answer -> {
              boolean expected =
                  answer.statusCode() == PARTIAL_CONTENT
                      && header(answer.headers(), "Content-Range")
                          .filter(range::equals)
                          .isPresent();
              return new AtMost(expected ? image.length(index) : 0);
            });
    try {
      HttpResponse<byte[]> answer = asked.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return Ranges.piece(
          new RangeAnswer(
              answer.statusCode(),
              header(answer.headers(), "Content-Range"),
              header(answer.headers(), "Retry-After"),
              answer.body()),
          image,
          index);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw TransferException.failed(
          "piece %d did not come within %d ms".formatted(index, within.toMillis()));
    } catch (ExecutionException e) {
      throw TransferException.failed(
          "piece %d: %s".formatted(index, Ranges.quoted(String.valueOf(e.getCause()))));
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw TransferException.away("interrupted");
    }
  }

  private URI address(Image image) {
    String text = base.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + image.digest());
  }

  private static Optional<String> header(HttpHeaders headers, String name) {
    return headers.firstValue(name);
  }

  /** A body of no more than so many bytes; with one more it is not read on. */
  private static final class AtMost implements HttpResponse.BodySubscriber<byte[]> {
    private final int most;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    AtMost(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] more = new byte[Math.min(buffer.remaining(), most + 1 - bytes.size())];
        buffer.get(more);
        bytes.writeBytes(more);
      }
      if (bytes.size() > most) {
        subscription.cancel();
        // What was asked for has come; what follows would be somebody's endless data.
        body.complete(new byte[0]);
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable fault) {
      body.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
