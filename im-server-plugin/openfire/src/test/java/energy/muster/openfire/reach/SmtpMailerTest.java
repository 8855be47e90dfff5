// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import energy.muster.service.reach.Errand;
import energy.muster.service.reach.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Against a real SMTP server on the loopback, with TLS and a login. */
final class SmtpMailerTest {
  private static final String OFFICE = "night@plant.example";
  private static final ServerKey KEY = ServerKey.of("localhost");

  private record Mail(String from, String to, MimeMessage message) {}

  @TempDir Path folder;

  private final List<Mail> inbox = new CopyOnWriteArrayList<>();
  private SMTPServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private void serve(UnaryOperator<SMTPServer.Builder> how) {
    server =
        how.apply(
                SMTPServer.port(0)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .messageHandler(
                        (context, from, to, data) -> inbox.add(new Mail(from, to, parse(data)))))
            .build();
    server.start();
  }

  private static MimeMessage parse(byte[] data) {
    try {
      return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not as an object: that goes through the old javax.mail that this Openfire brings. */
  private static String text(MimeMessage message) throws IOException, MessagingException {
    return new String(message.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Takes nothing before STARTTLS, and nothing before a login. */
  private void serveAskedForTls() {
    serve(
        how ->
            how.requireTLS()
                .startTlsSocketFactory(KEY.context())
                .requireAuth()
                .authenticationHandlerFactory(login()));
  }

  private static EasyAuthenticationHandlerFactory login() {
    return new EasyAuthenticationHandlerFactory(
        (user, password, context) -> {
          if (!user.equals("muster") || !password.equals("right")) {
            throw new LoginFailedException();
          }
        });
  }

  private Mailer mailer(Map<String, String> more) throws IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Outposts.MAIL_HOST, "localhost");
    properties.put(Outposts.MAIL_PORT, String.valueOf(server.getPortAllocated()));
    properties.put(Outposts.MAIL_FROM, "alarms@grid.example");
    properties.put(Outposts.MAIL_USER, "muster");
    properties.put(Outposts.MAIL_PASSWORD_FILE, password("right").toString());
    properties.put(Outposts.MAIL_ANCHORS, KEY.pem(folder.resolve("tls.pem")).toString());
    properties.putAll(more);
    return Outposts.of(properties::get, "grid.example", () -> Errands.golden().at(), Runnable::run)
        .mailer();
  }

  private Path password(String word) throws IOException {
    return Files.writeString(folder.resolve("password"), word + "\n");
  }

  private static void send(Mailer mailer, Errand errand) {
    mailer.mail(OFFICE, errand).toCompletableFuture().join();
  }

  private void assertNotTaken(Mailer mailer, String because) {
    assertThatThrownBy(() -> send(mailer, Errands.golden()))
        .hasCauseInstanceOf(NotTaken.class)
        .hasMessageContaining(because);
    assertThat(inbox).isEmpty();
  }

  @Test
  void aServerThatIsAskedForTlsGetsIt() throws Exception {
    serveAskedForTls();

    send(mailer(Map.of()), Errands.golden());

    assertThat(inbox).hasSize(1);
    Mail mail = inbox.get(0);
    assertThat(mail.from()).isEqualTo("alarms@grid.example");
    assertThat(mail.to()).isEqualTo(OFFICE);
    assertThat(mail.message().getSubject())
        .isEqualTo("[ieee123] critical: sw2 trip-imminent (alarm 42)");
    assertThat(text(mail.message()))
        .contains("load 96.4 % is at or above 95 %", "ack 42", "no answer acts");
  }

  @Test
  void aServerThatSpeaksTlsAtOnceGetsIt() throws Exception {
    serve(
        how ->
            how.serverSocketFactory(KEY.context())
                .requireAuth()
                .authenticationHandlerFactory(login()));

    send(mailer(Map.of(Outposts.MAIL_TLS, "implicit")), Errands.golden());

    assertThat(inbox).hasSize(1);
  }

  @Test
  void aServerWithoutTlsGetsNeitherPasswordNorMail() throws Exception {
    serve(how -> how.requireAuth().authenticationHandlerFactory(login()));

    assertNotTaken(mailer(Map.of()), "STARTTLS is required");
  }

  @Test
  void aServerWithAnothersCertificateGetsNothing() throws Exception {
    serveAskedForTls();

    Path other = ServerKey.of("localhost").pem(folder.resolve("other.pem"));
    assertNotTaken(mailer(Map.of(Outposts.MAIL_ANCHORS, other.toString())), "localhost");
  }

  @Test
  void aServerWithTheCertificateOfAnotherNameGetsNothing() throws Exception {
    ServerKey other = ServerKey.of("mail.elsewhere.example");
    serve(
        how ->
            how.requireTLS()
                .startTlsSocketFactory(other.context())
                .authenticationHandlerFactory(login()));

    Path pem = other.pem(folder.resolve("elsewhere.pem"));
    assertNotTaken(mailer(Map.of(Outposts.MAIL_ANCHORS, pem.toString())), "localhost");
  }

  @Test
  void aWrongPasswordIsSaidAndARightOneCountsAtTheNextTry() throws Exception {
    serveAskedForTls();
    Mailer mailer = mailer(Map.of());
    password("wrong");
    assertNotTaken(mailer, "535");
    password("right");

    send(mailer, Errands.golden());

    assertThat(inbox).hasSize(1);
  }

  @Test
  void theSameAlarmTriedTwiceHasOneId() throws Exception {
    serveAskedForTls();
    Mailer mailer = mailer(Map.of());

    send(mailer, Errands.golden());
    send(mailer, Errands.golden());

    assertThat(inbox)
        .extracting(mail -> mail.message().getMessageID())
        .containsOnly("<" + Errands.ID + "@grid.example>")
        .hasSize(2);
  }

  @Test
  void nobodysAbsenceAnswersIt() throws Exception {
    serveAskedForTls();

    send(mailer(Map.of()), Errands.golden());

    assertThat(inbox.get(0).message().getHeader("Auto-Submitted")).containsOnly("auto-generated");
  }

  @Test
  void anAnswerToItGoesNowhere() throws Exception {
    serveAskedForTls();
    send(mailer(Map.of()), Errands.golden());
    MimeMessage answer = (MimeMessage) inbox.get(0).message().reply(true);

    assertThat(answer.getAllRecipients())
        .extracting(Object::toString)
        .contains(SmtpMailer.NOWHERE)
        .doesNotContain("alarms@grid.example");
    assertThat(text(inbox.get(0).message())).contains("Nobody reads an answer to it");
  }

  /** There is no way in: nothing here opens a mailbox. */
  @Test
  void nothingReadsMail() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("(jakarta|javax)\\.mail\\.(Store|Folder|search\\..*)")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("energy.muster"));
  }

  @Test
  void whatADeviceSaysMakesNoLineOfItsOwn() throws Exception {
    serveAskedForTls();

    send(mailer(Map.of()), Errands.saying("hot\r\nBcc: all@plant.example\n\nall is well, °C"));

    MimeMessage mail = inbox.get(0).message();
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(text(mail))
        .contains("hot  Bcc: all@plant.example  all is well, °C")
        .doesNotContain("\nBcc");
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    serveAskedForTls();
    int free;
    try (ServerSocket probe = new ServerSocket(0)) {
      free = probe.getLocalPort();
    }

    assertNotTaken(mailer(Map.of(Outposts.MAIL_PORT, String.valueOf(free))), "did not take");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Outposts.MAIL_PORT + "=many",
        Outposts.MAIL_TLS + "=none",
        Outposts.MAIL_PASSWORD_FILE + "=/nowhere/password",
        Outposts.MAIL_ANCHORS + "=/nowhere/tls.pem"
      })
  void aWrongPropertyIsNamedAtEachTry(String property) throws Exception {
    serveAskedForTls();
    String[] parts = property.split("=", 2);

    assertNotTaken(mailer(Map.of(parts[0], parts[1])), parts[0]);
  }

  @Test
  void withoutAMailServerEachTrySaysSo() {
    Mailer mailer =
        Outposts.of(name -> null, "grid.example", () -> Errands.golden().at(), Runnable::run)
            .mailer();

    assertNotTaken(mailer, Outposts.MAIL_HOST);
  }
}
