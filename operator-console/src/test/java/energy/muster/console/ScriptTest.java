// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.console.face.Face;
import energy.muster.console.face.JsonFace;
import energy.muster.console.face.Paint;
import energy.muster.console.face.TextFace;
import energy.muster.console.session.Confirmation;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Sample;
import energy.muster.console.session.ServiceDouble;
import energy.muster.console.session.Setup;
import energy.muster.fixture.TestPki;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private final TestPki pki = new TestPki();
  private final ServiceDouble service = new ServiceDouble(pki);
  private final List<String> transcript = new CopyOnWriteArrayList<>();
  private TextFace face;
  private ConsoleSession session;

  @BeforeEach
  void open() throws Exception {
    face = new TextFace(Paint.PLAIN, ZoneOffset.UTC, transcript::add);
    service.with("load-48", Sample.load(Operating.ON, 20), "branch-60");
    Setup setup =
        new Setup(
            TestPki.SITE,
            pki.operator("op-1", "*"),
            pki.trustWithoutCrl(),
            InstantSource.fixed(pki.now()),
            ZoneOffset.UTC,
            Duration.ofSeconds(5));
    session = ConsoleSession.open(setup, service::open, Confirmation.GIVEN, face::show);
  }

  private boolean run(boolean keepGoing, String... lines) throws InterruptedException {
    return new Script(session, face, "op-1> ", keepGoing).run(Stream.of(lines));
  }

  private void refuse() {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.INTERLOCKED, "starting"))));
  }

  @Test
  void linesAreEchoedWithTheirPrompt() throws Exception {
    assertThat(run(false, "# comment", "", "shed load-48", "quit", "shed load-48")).isTrue();
    assertThat(transcript).contains("op-1> shed load-48", "op-1> quit");
    assertThat(service.commands()).hasSize(1);
  }

  @Test
  void theFirstFailureEndsIt() throws Exception {
    refuse();
    assertThat(run(false, "shed load-48", "who")).isFalse();
    assertThat(transcript).doesNotContain("op-1> who");
  }

  @Test
  void keepGoingRunsTheRestAndStillFails() throws Exception {
    refuse();
    assertThat(run(true, "shed load-48", "who")).isFalse();
    assertThat(transcript).contains("op-1> who");
  }

  @Test
  void anExpectedRefusalIsASuccess() throws Exception {
    refuse();
    assertThat(run(false, "shed load-48", "expect refused interlocked", "who")).isTrue();
  }

  @Test
  void anotherExpectationDoesNotForgive() throws Exception {
    refuse();
    assertThat(run(false, "shed load-48", "expect load-48 on")).isFalse();
    assertThat(run(false, "shed load-48", "expect refused critical-process")).isFalse();
  }

  @Test
  void aMistakeFailsUnlessAHintIsExpected() throws Exception {
    assertThat(run(false, "shde load-48")).isFalse();
    assertThat(run(false, "shde load-48", "expect hint")).isTrue();
  }

  @Test
  void aLineRunsBeforeTheNextOneIsThere() throws Exception {
    Stream<String> asTheyCome =
        Stream.iterate(1, each -> each <= 3, each -> each + 1)
            .peek(each -> assertThat(service.commands()).hasSize(each - 1))
            .map(each -> "shed load-48");
    assertThat(new Script(session, face, "op-1> ", false).run(asTheyCome)).isTrue();
    assertThat(service.commands()).hasSize(3);
  }

  @Test
  void whoeverListensHearsOfAFailureBeforeTheNextLineIsThere() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Face program = new JsonFace(told::add);
    Stream<String> asTheyCome =
        Stream.of("shde load-48", "expect hint")
            .peek(line -> assertThat(told.size()).isEqualTo(line.startsWith("expect") ? 1 : 0));
    assertThat(new Script(session, program, "op-1> ", false).run(asTheyCome)).isTrue();
    assertThat(told.get(0)).contains("\"ok\":false");
    assertThat(told.get(1)).contains("\"ok\":true");
  }
}
