// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import energy.muster.service.reach.Mailer;
import energy.muster.service.reach.Webhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail server and the webhook secret as an administrator has set them as server properties.
 * What is not set, or wrongly, takes no alarm and says why; it does not keep the service from
 * starting.
 *
 * @param mailer never null
 * @param webhook never null
 */
public record Outposts(Mailer mailer, Webhook webhook) {
  static final String MAIL_HOST = "muster.mail.host";
  static final String MAIL_PORT = "muster.mail.port";
  static final String MAIL_TLS = "muster.mail.tls";
  static final String MAIL_FROM = "muster.mail.from";
  static final String MAIL_USER = "muster.mail.user";
  static final String MAIL_PASSWORD_FILE = "muster.mail.password-file";
  static final String MAIL_ANCHORS = "muster.mail.anchors";
  static final String WEBHOOK_SECRET_FILE = "muster.webhook.secret-file";
  static final String WEBHOOK_ANCHORS = "muster.webhook.anchors";

  private static final Logger LOG = LoggerFactory.getLogger(Outposts.class);

  /**
   * Reads properties by name; null where one is not set.
   *
   * @param domain this server's
   * @param post runs tries, each of which may wait half a minute
   */
  public static Outposts of(
      Function<String, String> properties, String domain, InstantSource clock, Executor post) {
    return new Outposts(mailer(properties, domain, post), webhook(properties, clock));
  }

  private static Mailer mailer(Function<String, String> properties, String domain, Executor post) {
    if (properties.apply(MAIL_HOST) == null) {
      return nobody(MAIL_HOST + " is not set, so no alarm leaves by mail");
    }
    try {
      return new SmtpMailer(account(properties, domain), domain, post);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String why = "no alarm leaves by mail: " + e.getMessage();
      LOG.error(why);
      return nobody(why);
    }
  }

  private static Mailer nobody(String why) {
    return (to, errand) -> CompletableFuture.failedFuture(new NotTaken(why));
  }

  private static MailAccount account(Function<String, String> properties, String domain)
      throws IOException {
    String tls = text(properties, MAIL_TLS).orElse("starttls");
    if (!tls.equals("starttls") && !tls.equals("implicit")) {
      throw new IllegalArgumentException(MAIL_TLS + " is starttls or implicit, not " + tls);
    }
    boolean implicit = tls.equals("implicit");
    Optional<String> user = text(properties, MAIL_USER);
    Optional<Path> password = file(properties, MAIL_PASSWORD_FILE);
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          MAIL_USER + " and " + MAIL_PASSWORD_FILE + " are set together");
    }
    return new MailAccount(
        properties.apply(MAIL_HOST).strip(),
        text(properties, MAIL_PORT)
            .map(Outposts::port)
            .orElse(implicit ? MailAccount.SUBMISSIONS : MailAccount.SUBMISSION),
        implicit,
        text(properties, MAIL_FROM).orElse("muster@" + domain),
        user.map(name -> new MailAccount.Login(name, password.orElseThrow())),
        file(properties, MAIL_ANCHORS));
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(MAIL_PORT + " is a number, not " + text, e);
    }
  }

  private static Webhook webhook(Function<String, String> properties, InstantSource clock) {
    try {
      Optional<Path> secret = file(properties, WEBHOOK_SECRET_FILE);
      if (secret.isPresent()) {
        return new SignedWebhook(secret.get(), file(properties, WEBHOOK_ANCHORS), clock);
      }
    } catch (IOException | GeneralSecurityException e) {
      String why = "no alarm leaves by webhook: " + e.getMessage();
      LOG.error(why);
      return (to, errand) -> CompletableFuture.failedFuture(new NotTaken(why));
    }
    String why = WEBHOOK_SECRET_FILE + " is not set, so no alarm leaves by webhook";
    return (to, errand) -> CompletableFuture.failedFuture(new NotTaken(why));
  }

  private static Optional<String> text(Function<String, String> properties, String name) {
    return Optional.ofNullable(properties.apply(name)).map(String::strip);
  }

  private static Optional<Path> file(Function<String, String> properties, String name)
      throws IOException {
    Optional<Path> file = text(properties, name).map(Path::of);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new IOException(name + ": " + file.get() + " cannot be read");
    }
    return file;
  }
}
