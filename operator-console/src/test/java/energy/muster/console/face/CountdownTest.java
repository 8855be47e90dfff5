// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.AlarmSample;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.ServiceDouble;
import energy.muster.console.session.Setup;
import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a terminal that can keep lines at its foot. */
final class CountdownTest {
  @TempDir private Path folder;

  @Test
  void anAlarmThatIsOfferedIsCountedDownWhileNothingIsTyped() throws Exception {
    TestPki pki = new TestPki();
    ServiceDouble service = new ServiceDouble(pki);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PipedOutputStream keys = new PipedOutputStream();
    Instant[] now = {pki.now()};
    try (Terminal terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(keys), screen, StandardCharsets.UTF_8)) {
      terminal.setSize(new Size(100, 30));
      TerminalFace person = new TerminalFace(terminal, Paint.PLAIN);
      TextFace face = new TextFace(Paint.PLAIN, ZoneOffset.UTC, person);
      Setup setup =
          new Setup(
              TestPki.SITE,
              pki.operator("op-1", "*"),
              pki.trustWithoutCrl(),
              () -> now[0],
              ZoneOffset.UTC,
              Duration.ofSeconds(5));
      ConsoleSession session =
          ConsoleSession.open(setup, service::open, person::confirm, face::show);
      CompletableFuture<Void> conversation =
          CompletableFuture.runAsync(() -> talk(person, session));
      ObjectNode changes = Json.object();
      String next = now[0].plusSeconds(42).toString();
      changes
          .putArray("changes")
          .add(
              AlarmSample.entry(tree -> ((ObjectNode) tree.get("search")).put("next", next))
                  .write());
      service.tell(Payload.of(Wire.ALARM_CHANGES, changes));

      awaitShown(screen, "goes on in 42 s");
      now[0] = now[0].plusSeconds(12);
      // Of a line that is there already only what is other than before is drawn.
      awaitShown(screen, "C30\u001b");
      keys.write("quit\r".getBytes(StandardCharsets.UTF_8));
      keys.flush();
      conversation.get(20, TimeUnit.SECONDS);
    }
  }

  private void talk(TerminalFace person, ConsoleSession session) {
    try {
      person.converse(session, TestPki.SITE, folder.resolve("history"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitShown(ByteArrayOutputStream screen, String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> screen.toString(StandardCharsets.UTF_8).contains(text));
  }
}
