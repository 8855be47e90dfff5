// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jivesoftware.smack.java7.XmppHostnameVerifier;

/**
 * Posts to the server over HTTPS, through a proxy if there is one. The server's certificate is
 * checked as over TCP: by the pinned anchors alone, and for the account's domain, by whatever name
 * the server was reached.
 */
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
    this.server = new HttpHost("https", route.host(), route.port(Transport.BOSH));
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections(domain, anchors, connectWithin))
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(timeout(answerWithin)).build())
            // What is sent again is sent again here, under its number.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableDefaultUserAgent();
    route.proxy().ifPresent(proxy -> through(proxy, builder));
    this.client = builder.build();
  }

  private static PoolingHttpClientConnectionManager connections(
      String domain, X509TrustManager anchors, Duration connectWithin) {
    XmppHostnameVerifier names = new XmppHostnameVerifier();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(
            new DefaultClientTlsStrategy(
                context(anchors),
                HostnameVerificationPolicy.CLIENT,
                (reachedBy, session) -> names.verify(domain, session)))
        .setDefaultSocketConfig(
            SocketConfig.custom()
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                // Also for the handshake and the proxy, before there is an answer to wait for.
                .setSoTimeout(timeout(connectWithin))
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout(connectWithin)).build())
        .setMaxConnPerRoute(AT_ONCE)
        .setMaxConnTotal(AT_ONCE)
        .build();
  }

  private static SSLContext context(X509TrustManager anchors) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anchors}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static void through(HttpProxy proxy, HttpClientBuilder builder) {
    builder.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
    proxy
        .login()
        .ifPresent(
            login -> {
              BasicCredentialsProvider known = new BasicCredentialsProvider();
              known.setCredentials(
                  new AuthScope(proxy.host(), proxy.port()),
                  new UsernamePasswordCredentials(login.user(), login.password().toCharArray()));
              builder.setDefaultCredentialsProvider(known);
            });
  }

  private static Timeout timeout(Duration time) {
    return Timeout.of(time.toMillis(), TimeUnit.MILLISECONDS);
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
