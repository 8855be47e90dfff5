// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import energy.muster.service.reach.Errand;
import energy.muster.service.reach.Mailer;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands mail to an SMTP server (RFC 6409), never without TLS and the right certificate. */
final class SmtpMailer implements Mailer {
  static final String NOWHERE = "no-reply@muster.invalid";

  private static final String PROTOCOL = "smtp";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final MailAccount account;
  private final Session session;
  private final Executor post;

  /**
   * @param domain this server's, for what it calls itself and for the ids of mails
   * @param post runs tries, each of which waits for the other server
   */
  SmtpMailer(MailAccount account, String domain, Executor post)
      throws IOException, GeneralSecurityException {
    this.account = account;
    this.post = post;
    this.session = Session.getInstance(settings(account, domain));
  }

  private static Properties settings(MailAccount account, String domain)
      throws IOException, GeneralSecurityException {
    Properties settings = new Properties();
    settings.setProperty("mail.from", account.from());
    settings.setProperty("mail.smtp.localhost", domain);
    settings.setProperty("mail.smtp.connectiontimeout", millis(CONNECT));
    settings.setProperty("mail.smtp.timeout", millis(ANSWER));
    settings.setProperty("mail.smtp.writetimeout", millis(ANSWER));
    settings.setProperty(
        account.implicitTls() ? "mail.smtp.ssl.enable" : "mail.smtp.starttls.required", "true");
    settings.setProperty("mail.smtp.starttls.enable", String.valueOf(!account.implicitTls()));
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    settings.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    settings.setProperty("mail.smtp.auth", String.valueOf(account.login().isPresent()));
    settings.put(
        "mail.smtp.ssl.socketFactory", TlsClient.context(account.anchors()).getSocketFactory());
    return settings;
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }

  @Override
  public CompletionStage<Void> mail(String to, Errand errand) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            send(to, errand);
          } catch (MessagingException | IOException e) {
            throw new NotTaken(account.host() + " did not take the mail to " + to, e);
          }
        },
        post);
  }

  private void send(String to, Errand errand) throws MessagingException, IOException {
    MimeMessage mail = message(to, errand);
    try (SMTPTransport transport =
        new SMTPTransport(
            session, new URLName(PROTOCOL, account.host(), account.port(), null, null, null))) {
      if (account.login().isPresent()) {
        MailAccount.Login login = account.login().get();
        transport.connect(
            account.host(),
            account.port(),
            login.user(),
            Files.readString(login.passwordFile()).strip());
      } else {
        transport.connect();
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  private MimeMessage message(String to, Errand errand) throws MessagingException {
    MimeMessage mail = new Numbered(session, errand, domain());
    mail.setFrom(new InternetAddress(account.from(), true));
    mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    mail.setSubject(MailText.subject(errand), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(errand.at()));
    // RFC 2606: whoever answers all the same is told by their own server that it goes nowhere.
    mail.setReplyTo(new InternetAddress[] {new InternetAddress(NOWHERE, true)});
    // RFC 3834: so that nobody's absence is answered with a mail.
    mail.setHeader("Auto-Submitted", "auto-generated");
    // From bytes: what turns strings into parts is looked up by a name that a class loader may
    // hide.
    mail.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(
                MailText.body(errand).getBytes(StandardCharsets.UTF_8),
                "text/plain; charset=utf-8")));
    mail.saveChanges();
    return mail;
  }

  private String domain() {
    return session.getProperty("mail.smtp.localhost");
  }

  /** The same id at each try, by which a mail that comes twice is known. */
  private static final class Numbered extends MimeMessage {
    private final String number;

    private Numbered(Session session, Errand errand, String domain) {
      super(session);
      this.number = "<" + errand.id().text() + "@" + domain + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", number);
    }
  }
}
