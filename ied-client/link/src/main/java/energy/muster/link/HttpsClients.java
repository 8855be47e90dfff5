// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

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
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.jivesoftware.smack.java7.XmppHostnameVerifier;

/**
 * HTTPS to the server and to nobody else, through a proxy if there is one. Its certificate is
 * checked as over TCP: by the pinned anchors alone, and for the account's domain, by whatever name
 * the server was reached. No redirect is followed.
 */
final class HttpsClients {
  private HttpsClients() {}

  /** To whom requests go. */
  static HttpHost server(ServerRoute route) {
    return new HttpHost("https", route.host(), route.port(Transport.BOSH));
  }

  /**
   * @param atOnce how many connections
   * @param connectWithin also for the proxy's answer
   * @param answerWithin for each part of an answer that comes by itself
   */
  static CloseableHttpClient open(
      ServerRoute route,
      String domain,
      X509TrustManager anchors,
      int atOnce,
      Duration connectWithin,
      Duration answerWithin) {
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections(domain, anchors, atOnce, connectWithin))
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(timeout(answerWithin)).build())
            // What is sent again is sent again by whoever asked, who knows whether it may be.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableDefaultUserAgent();
    route.proxy().ifPresent(proxy -> through(proxy, builder));
    return builder.build();
  }

  private static PoolingHttpClientConnectionManager connections(
      String domain, X509TrustManager anchors, int atOnce, Duration connectWithin) {
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
        .setMaxConnPerRoute(atOnce)
        .setMaxConnTotal(atOnce)
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
}
