// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.service.desk.Timetable;
import energy.muster.service.fixture.MovedClock;
import energy.muster.service.fixture.Network;
import energy.muster.session.SessionProof;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What proofs leave behind, and when they end. */
final class SessionsTest {
  private final MovedClock clock = new MovedClock();
  private final TestPki pki = new TestPki(clock);
  private final Certified meter = pki.device("meter-1", "branch-60").certified();
  private final Timetable timetable = new Timetable(clock);
  private final Network network = new Network();
  private final Sessions sessions = new Sessions(clock, timetable, network);

  @BeforeEach
  void nobodyListens() {
    sessions.listener(
        new SessionListener() {
          @Override
          public void proven(Session session, SessionProof proof) {
            assertThat(session.certified()).contains(meter);
          }

          @Override
          public void replaced(Session older) {
            assertThat(older.certified()).isEmpty();
          }

          @Override
          public void ended(Session session) {
            assertThat(sessions.proven(session.account())).isEmpty();
          }

          @Override
          public void streamsChanged(BareJid account) {
            assertThat(account).isEqualTo(meter.jid());
          }
        });
  }

  private FullJid prove(String resource) {
    FullJid jid = FullJid.parse(meter.jid() + "/" + resource);
    sessions.opened(jid, "stream of " + resource);
    sessions.prove(sessions.session(jid).orElseThrow(), meter, proof(jid));
    return jid;
  }

  private SessionProof proof(FullJid jid) {
    Header header =
        new Header(
            DocumentType.SESSION,
            TestPki.SITE,
            DocumentId.next(clock.instant()),
            meter.jid(),
            clock.instant());
    return new SessionProof(header, "nonce", jid, 1, 1);
  }

  @Test
  void aThousandVisitsLeaveNothingUntilTheCertificateEnds() {
    for (int visit = 0; visit < 1_000; visit++) {
      FullJid jid = prove("k" + visit);
      assertThat(timetable.size()).isOne();
      sessions.closed(jid, "stream of k" + visit);
    }
    assertThat(timetable.size()).isZero();
  }

  @Test
  void proofsOnOneStreamAndOfOneSessionAfterAnotherCountOnce() {
    FullJid jid = prove("k1");
    sessions.prove(sessions.session(jid).orElseThrow(), meter, proof(jid));
    assertThat(timetable.size()).isOne();
    prove("k2");
    assertThat(timetable.size()).isOne();
  }

  @Test
  void withItsCertificateAProofEndsAndTheSessionIsTold() {
    FullJid jid = prove("k1");
    clock.set(meter.notAfter().plus(Duration.ofMillis(1)));
    timetable.advanceTo(clock.instant());

    assertThat(sessions.proven(meter.jid())).isEmpty();
    assertThat(network.to(jid, Wire.REQUIRED)).hasSize(1);
  }
}
