// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** When nobody is there, an alarm leaves by mail and webhook, and says so. */
public final class AlarmByMail implements Story {
  private static final String BREAKER = "sw60";
  private static final String OFFICE = "night-desk@plant.example";
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final byte[] SECRET = new byte[32];

  @Override
  public String name() {
    return "alarm-by-mail";
  }

  @Override
  public String about() {
    return "An alarm for which nobody is there leaves by mail and webhook, also past a killed server.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Path folder = scene.stage().folder().data();
    MailRoom room = new MailRoom(Files.createDirectories(folder).resolve("mail.pem"));
    scene.atTheEnd(room::close);
    setUp(scene, room, folder);
    Operator engineer = AlarmsSeen.plant(scene, BREAKER, new Area("branch-60"), "op-1");
    engineer.does("publish policy \"" + policy(folder, room.webhook()) + "\"");

    scene.note("The breaker is tampered with. op-1 is not there, and the mail server is away.");
    AlarmsSeen.happens(scene, BREAKER, "tamper");
    scene.await("the webhook has it", WITHIN, () -> !room.posts().isEmpty());
    signed(scene, room.posts().get(0));
    sealed(scene, room.posts().get(0));

    scene.note("The server is killed, and starts again; now the mail server is there.");
    scene.stage().server().kill();
    room.open();
    scene.stage().startServer();
    scene.await("the mail has arrived", WITHIN, () -> !room.mails().isEmpty());
    String mail = room.mails().get(0);
    scene.check(mail.startsWith("To: " + OFFICE), "it is for " + OFFICE);
    scene.check(mail.contains("high: sw60 tamper"), "its subject says what it is about");
    scene.check(mail.contains("no answer acts"), "it says that no answer to it acts");
    scene.check(mail.contains("Reply-To: no-reply@muster.invalid"), "an answer to it goes nowhere");

    scene.note("op-1 comes, is asked, and sees where it went.");
    Responder op1 = new Responder(scene, "op-1", scene.operator("op-1"));
    long number = op1.asked("tamper", WITHIN);
    scene.await(
        "the alarm says both ways by which it left",
        WITHIN,
        () -> ways(op1.operator()).containsAll(Set.of("mail", "webhook")));
    op1.operator().does("ack " + number);
    op1.operator().does("alarm " + number);
    op1.operator().sees("left by mail to " + OFFICE);
    scene.checkEqual(1, room.mails().size(), "how many mails there were");
  }

  private static List<String> ways(Operator operator) {
    return operator.seen().stream()
        .flatMap(AlarmByMail::entries)
        .flatMap(alarm -> alarm.sentOut().stream())
        .map(AlarmEntry.SentOut::way)
        .toList();
  }

  private static Stream<AlarmEntry> entries(Event event) {
    if (event instanceof Event.AlarmOffered offered) {
      return Stream.of(offered.alarm());
    }
    return event instanceof Event.AlarmChanged changed
        ? Stream.of(changed.alarm())
        : Stream.empty();
  }

  private static void setUp(Scene scene, MailRoom room, Path folder) throws IOException {
    String anchors = folder.resolve("mail.pem").toString();
    scene
        .stage()
        .serverProperty("muster.mail.host", "localhost")
        .serverProperty("muster.mail.port", String.valueOf(room.port()))
        .serverProperty("muster.mail.user", MailRoom.USER)
        .serverProperty("muster.mail.password-file", file(folder, "mail.pass", MailRoom.PASSWORD))
        .serverProperty("muster.mail.anchors", anchors)
        .serverProperty("muster.webhook.anchors", anchors)
        .serverProperty(
            "muster.webhook.secret-file",
            file(folder, "webhook", "whsec_" + Base64.getEncoder().encodeToString(SECRET)));
  }

  private static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Path policy(Path folder, String webhook) throws IOException {
    ObjectNode policy = Json.object();
    policy.putArray("groups");
    ObjectNode course = policy.putArray("courses").addObject().put("name", "all");
    course.putArray("steps").addObject().put("waitSeconds", 60).putArray("to").add("role:operator");
    course.put("acknowledgedForSeconds", 3600);
    course.putArray("mail").add(OFFICE);
    course.putArray("webhook").add(webhook);
    return Files.write(folder.resolve("policy.json"), Json.bytes(policy));
  }

  /** As its receiver checks it. */
  private static void signed(Scene scene, MailRoom.Post post) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    String content =
        post.headers().get("webhook-id")
            + "."
            + post.headers().get("webhook-timestamp")
            + "."
            + post.body();
    scene.checkEqual(
        "v1,"
            + Base64.getEncoder()
                .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8))),
        post.headers().get("webhook-signature"),
        "the webhook's signature");
    scene.check(post.body().contains("\"tamper\""), "it holds the alarm");
  }

  /** What the breaker itself has signed goes along, for whoever believes nobody else. */
  private static void sealed(Scene scene, MailRoom.Post post) {
    Fields data = Fields.of(Json.parseLarge(post.body())).object("data");
    Trust trust = Trust.of(scene.stage().folder().pki().authority().certificate());
    Opened opened = trust.open(Sealed.ofBase64(data.text("sealed")), scene.now());
    Alarm alarm = Alarm.read(opened.content());
    scene.checkEqual(BREAKER, opened.soleSigner().jid().local(), "who has signed it");
    scene.checkEqual(
        data.object("alarm").text("occurrence"), alarm.occurrence().text(), "of what it is");
  }
}
