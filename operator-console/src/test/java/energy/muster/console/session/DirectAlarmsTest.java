// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectAlarmsTest {
  private static final BareJid SW2 = TestPki.jid("sw2");
  private static final String SESSION = SW2 + "/k1";

  private final TestPki pki = new TestPki();
  private final SigningIdentity sw2 = pki.device("sw2", "branch-60");
  private final List<Event> events = new ArrayList<>();
  private final DirectAlarms alarms = answering("branch-60");

  private DirectAlarms answering(String area) {
    Setup setup =
        new Setup(
            TestPki.SITE,
            pki.operator("op-1", area),
            pki.trustWithoutCrl(),
            pki::now,
            ZoneOffset.UTC,
            Duration.ofMillis(200));
    Notary notary = new Notary(new Revocations(new Monitor(), setup, events::add), setup);
    return new DirectAlarms(notary, setup, events::add);
  }

  private Alarm alarm(DocumentId id, Instant at, boolean sure, String text) {
    return new Alarm(
        new Header(DocumentType.ALARM, TestPki.SITE, id, SW2, at),
        id,
        new RuleName("tamper"),
        Alarm.Event.ONSET,
        Priority.HIGH,
        Optional.empty(),
        at,
        sure,
        true,
        text,
        Optional.empty());
  }

  private Alarm alarm(Duration ago, boolean sure) {
    Instant at = pki.now().minus(ago);
    return alarm(DocumentId.next(at), at, sure, "opened");
  }

  private Payload sealed(Alarm alarm, SigningIdentity by) {
    return Payload.of(Wire.ALARM, Sealer.seal(alarm.write(), by));
  }

  private void refused(DirectAlarms by, String from, Payload payload, Reason reason) {
    assertThatThrownBy(() -> by.take(from, payload))
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.refusal().reason()).isEqualTo(reason));
    assertThat(events).noneMatch(Event.AlarmHeard.class::isInstance);
  }

  @Test
  void aDevicesOwnWordIsShown() {
    Alarm alarm = alarm(Duration.ofSeconds(40), true);

    alarms.take(SESSION, sealed(alarm, sw2));

    assertThat(events).containsExactly(new Event.AlarmHeard(pki.now(), alarm));
  }

  @Test
  void broughtAgainItIsAnsweredAndShownOnce() {
    Payload payload = sealed(alarm(Duration.ofSeconds(40), true), sw2);

    alarms.take(SESSION, payload);
    alarms.take(SESSION, payload);

    assertThat(events).hasSize(1);
  }

  @Test
  void anotherAlarmUnderAKnownIdIsRefused() {
    DocumentId id = DocumentId.next(pki.now());
    alarms.take(SESSION, sealed(alarm(id, pki.now(), true, "opened"), sw2));
    events.clear();

    refused(alarms, SESSION, sealed(alarm(id, pki.now(), true, "closed"), sw2), Reason.ID_CONFLICT);
  }

  @Test
  void aForgedOneIsRefused() {
    refused(
        alarms,
        SESSION,
        sealed(alarm(Duration.ZERO, true), new TestPki().device("sw2", "branch-60")),
        Reason.UNTRUSTED);
  }

  @Test
  void oneThatAnotherDeviceSignedIsRefused() {
    refused(
        alarms,
        SESSION,
        sealed(alarm(Duration.ZERO, true), pki.device("sw4", "branch-60")),
        Reason.BAD_SIGNATURE);
  }

  @Test
  void oneThatAnotherDeviceBringsIsRefused() {
    refused(
        alarms,
        "sw4@grid.example/k1",
        sealed(alarm(Duration.ZERO, true), sw2),
        Reason.NOT_AUTHORISED);
  }

  @Test
  void whoDoesNotAnswerForTheDeviceDoesNotTakeItsAlarm() {
    refused(
        answering("branch-13"),
        SESSION,
        sealed(alarm(Duration.ZERO, true), sw2),
        Reason.NOT_AUTHORISED);
  }

  @Test
  void oneThatWasKeptForDaysIsRefused() {
    refused(alarms, SESSION, sealed(alarm(Duration.ofDays(2), true), sw2), Reason.STALE);
  }

  @Test
  void oneByAnUnsureClockIsTakenWhateverItSays() {
    alarms.take(SESSION, sealed(alarm(Duration.ofDays(2), false), sw2));

    assertThat(events).hasSize(1);
  }

  @Test
  void oneFromTheServiceIsNotTakenHere() {
    refused(
        alarms, "muster.grid.example", sealed(alarm(Duration.ZERO, true), sw2), Reason.MALFORMED);
  }
}
