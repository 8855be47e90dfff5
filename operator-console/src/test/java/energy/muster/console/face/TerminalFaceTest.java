// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Sample;
import energy.muster.console.session.ServiceDouble;
import energy.muster.console.session.Setup;
import energy.muster.fixture.TestPki;
import energy.muster.presence.Operating;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminalFaceTest {
  private final TestPki pki = new TestPki();
  private final ServiceDouble service = new ServiceDouble(pki);
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private Terminal terminal;
  private TerminalFace person;
  private ConsoleSession session;
  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    terminal =
        new DumbTerminal(
            "test", Terminal.TYPE_DUMB, new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
    terminal.setSize(new Size(100, 30));
    person = new TerminalFace(terminal, Paint.PLAIN);
    TextFace face = new TextFace(Paint.PLAIN, ZoneOffset.UTC, person);
    service
        .with("load-48", Sample.load(Operating.ON, 20), "branch-60")
        .with("load-50a", Sample.load(Operating.ON, 40), "branch-60");
    Setup setup =
        new Setup(
            TestPki.SITE,
            pki.operator("op-1", "*"),
            pki.trustWithoutCrl(),
            InstantSource.fixed(pki.now()),
            ZoneOffset.UTC,
            Duration.ofSeconds(5));
    session = ConsoleSession.open(setup, service::open, person::confirm, face::show);
  }

  @AfterEach
  void close() throws IOException {
    terminal.close();
  }

  private CompletableFuture<Void> converse() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            person.converse(session, TestPki.SITE, folder.resolve("deep/history"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void awaitShown(String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> screen.toString(StandardCharsets.UTF_8).contains(text));
  }

  @Test
  void aNewcomerIsToldWhatToTypeAndQuitLeaves() throws Exception {
    CompletableFuture<Void> conversation = converse();
    awaitShown("Try: who");
    awaitShown("op-1@test-site> ");
    type("shed load-48\n");
    awaitShown("executed");
    type("quit\n");
    conversation.get(20, TimeUnit.SECONDS);
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("goodbye");
    assertThat(folder.resolve("deep/history")).content().contains("shed load-48");
  }

  @Test
  void theEndOfInputLeavesToo() throws Exception {
    CompletableFuture<Void> conversation = converse();
    awaitShown("op-1@test-site> ");
    keys.close();
    conversation.get(20, TimeUnit.SECONDS);
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("goodbye");
  }

  @Test
  void moreThanOneDeviceNeedsAYes() throws Exception {
    CompletableFuture<Void> conversation = converse();
    type("shed loads on branch 60\n");
    awaitShown("shed these 2 devices? [y/N] ");
    type("n\n");
    awaitShown("not done: nothing was sent");
    type("quit\n");
    conversation.get(20, TimeUnit.SECONDS);
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void newsComesWhileALineIsBeingTyped() throws Exception {
    CompletableFuture<Void> conversation = converse();
    awaitShown("op-1@test-site> ");
    session.run("follow load-48");
    type("who");
    service.change("load-48", Sample.load(Operating.OFF, 0));
    awaitShown("load-48   is OFF");
    type("\nquit\n");
    conversation.get(20, TimeUnit.SECONDS);
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("2 devices");
  }

  private String drawn(Terminal real, TerminalFace face, String... board) {
    screen.reset();
    face.board(List.of(board));
    real.flush();
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static long ups(String drawn) {
    return Pattern.compile("\u001b\\[A").matcher(drawn).results().count();
  }

  @Test
  void aBoardIsDrawnOverItselfAlsoInAWindowThatWasMadeNarrower() throws Exception {
    try (Terminal real =
        new LineDisciplineTerminal("test", "xterm", screen, StandardCharsets.UTF_8)) {
      real.setSize(new Size(100, 30));
      TerminalFace face = new TerminalFace(real, Paint.PLAIN);
      face.running(true);
      assertThat(ups(drawn(real, face, "x".repeat(90), "y"))).isZero();
      assertThat(ups(drawn(real, face, "x".repeat(90), "y"))).isEqualTo(2);

      real.setSize(new Size(40, 30));
      String narrow = drawn(real, face, "x".repeat(90), "y");
      assertThat(ups(narrow)).as("the terminal has broken 90 columns into three rows").isEqualTo(4);
      assertThat(narrow).contains("x".repeat(39)).doesNotContain("x".repeat(40));
      assertThat(ups(drawn(real, face, "y"))).isEqualTo(2);
    }
  }

  @Test
  void aBoardIsNoHigherThanTheWindow() throws Exception {
    try (Terminal real =
        new LineDisciplineTerminal("test", "xterm", screen, StandardCharsets.UTF_8)) {
      real.setSize(new Size(100, 5));
      TerminalFace face = new TerminalFace(real, Paint.PLAIN);
      face.running(true);
      drawn(real, face, "1", "2", "3", "4", "5", "6");

      assertThat(ups(drawn(real, face, "1"))).isEqualTo(3);
      assertThat(face.columns()).isEqualTo(100);
      assertThat(face.rows()).isEqualTo(5);
    }
  }

  @Test
  void verbsDevicesAreasAndOrdersAreCompleted() throws Exception {
    session.run("shed load-48");
    String id = service.commands().get(0).id().brief();
    assertThat(candidates("sh")).contains("shed", "who", "status");
    assertThat(candidates("shed lo")).contains("load-48", "load-50a", "loads");
    assertThat(candidates("who loads on branch ")).contains("60");
    assertThat(candidates("order ")).containsExactly(id);
    assertThat(candidates("orders ")).contains("held");
    assertThat(candidates("help s")).contains("shed", "options");
    assertThat(candidates("upgrade loads to 2.4.1 ")).contains("waves", "pass", "stop");
    assertThat(candidates("pause ")).containsExactly("campaign");
    assertThat(candidates("campaign ")).containsExactly(id);
    assertThat(candidates("publish ")).contains("firmware", "releases");
    assertThat(candidates("release ")).contains("proposal", "load-48");
    assertThat(candidates("accept ")).contains("proposal");
    assertThat(candidates("inventory lo")).contains("load-48");
  }

  private List<String> candidates(String line) {
    List<Candidate> found = new ArrayList<>();
    new LineCompleter(session)
        .complete(null, new DefaultParser().parse(line, line.length()), found);
    return found.stream().map(Candidate::value).toList();
  }
}
