// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;

/** An operator at a console whose service and devices are doubles that sign. */
abstract class Sitting {
  /** Enough for an answer also on a busy machine; whoever is silent here is silent for good. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  static final BareJid LOAD = TestPki.jid("load-48");

  final TestPki pki = new TestPki();
  final ServiceDouble service = new ServiceDouble(pki);
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<String> questions = new CopyOnWriteArrayList<>();
  boolean agrees = true;
  Duration deliberates = Duration.ZERO;
  volatile Instant now = pki.now();
  ConsoleSession session;

  @BeforeEach
  void sitDown() throws Exception {
    service.clock(() -> now);
    service
        .with("load-48", Sample.load(Operating.ON, 20), "branch-60")
        .with("load-50a", Sample.load(Operating.ON, 40), "branch-60")
        .with("load-9", Sample.load(Operating.OFF, 0), "branch-13")
        .with("gen-2", Sample.generator(Operating.OFF, Optional.empty()))
        .with("sw3", Sample.breaker(Position.CLOSED));
    begin();
    events.clear();
  }

  SigningIdentity whoSits() {
    return pki.operator("op-1", "*");
  }

  /** A new sitting, which knows nothing of the one before. */
  final void begin() throws Exception {
    events.clear();
    Setup setup =
        new Setup(
            TestPki.SITE, whoSits(), pki.trustWithoutCrl(), () -> now, ZoneOffset.UTC, PATIENCE);
    session =
        ConsoleSession.open(
            setup,
            service::open,
            question -> {
              questions.add(question);
              now = now.plus(deliberates);
              return agrees;
            },
            events::add);
    assertThat(session.awaitReady(Duration.ofSeconds(5))).isTrue();
  }

  final <T extends Event> T one(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as("events %s", events).hasSize(1);
    return found.get(0);
  }

  final <T extends Event> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  final Command only() {
    assertThat(service.commands()).hasSize(1);
    return service.commands().get(0);
  }
}
