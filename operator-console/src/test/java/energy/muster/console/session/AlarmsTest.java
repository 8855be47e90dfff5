// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an operator is told of alarms, and does about them. */
final class AlarmsTest extends Sitting {
  private static final String SERVICE = "muster.grid.example";

  private Sealed signed() {
    return AlarmSample.sealed(pki.device("sw2"), AlarmSample.OCCURRENCE, pki.now());
  }

  private CompletableFuture<Payload> offer(AlarmEntry entry, Sealed sealed) {
    ObjectNode json = Json.object();
    json.set("alarm", entry.write());
    return service.ask(SERVICE, Payload.of(Wire.ALARM, sealed, json));
  }

  private void assertNotShown(CompletableFuture<Payload> answer, Reason why) {
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Refused.class);
    assertThat(all(Event.AlarmOffered.class)).isEmpty();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(why);
  }

  private void change(Consumer<ObjectNode> change) {
    ObjectNode message = Json.object();
    message.putArray("changes").add(AlarmSample.entry(change).write());
    service.tell(Payload.of(Wire.ALARM_CHANGES, message));
  }

  private AlarmAct act() {
    List<Payload> acts = service.alarms.asked(Wire.ACT);
    assertThat(acts).hasSize(1);
    Opened opened = pki.trust().open(acts.get(0).requireSealed(), pki.now());
    assertThat(opened.soleSigner().jid()).isEqualTo(TestPki.jid("op-1"));
    return AlarmAct.read(opened.content());
  }

  @Test
  void anOfferIsAnsweredOnceItIsShown() {
    assertThat(offer(AlarmSample.entry(), signed()).join().wire()).isEqualTo(Wire.ALARM);
    assertThat(one(Event.AlarmOffered.class).alarm().number()).isEqualTo(42);
  }

  @Test
  void anOfferThatAnotherHasSignedIsNeitherShownNorAnswered() {
    SigningIdentity other = pki.device("load-48");

    assertNotShown(
        offer(AlarmSample.entry(), AlarmSample.sealed(other, AlarmSample.OCCURRENCE, pki.now())),
        Reason.NOT_AUTHORISED);
  }

  @Test
  void anOfferOfWhatTheDeviceHasNotSignedIsNeitherShownNorAnswered() {
    assertNotShown(
        offer(AlarmSample.entry(tree -> tree.put("priority", "low")), signed()),
        Reason.ID_CONFLICT);
  }

  @Test
  void anOfferWithoutTheDevicesWordIsNeitherShownNorAnswered() {
    ObjectNode json = Json.object();
    json.set("alarm", AlarmSample.entry().write());

    assertNotShown(service.ask(SERVICE, Payload.of(Wire.ALARM, json)), Reason.MALFORMED);
  }

  @Test
  void whatNoDeviceCanSayIsOfferedAsTheServicesWord() {
    ObjectNode json = Json.object();
    json.set("alarm", AlarmSample.entry(tree -> tree.put("source", "service")).write());

    service.ask(SERVICE, Payload.of(Wire.ALARM, json)).join();

    assertThat(one(Event.AlarmOffered.class).alarm().source()).isEqualTo(AlarmEntry.Source.SERVICE);
  }

  @Test
  void aDeviceThatTheServiceDoesNotAnswerIsHeardItself() {
    service.ask("sw2@grid.example/r", Payload.of(Wire.ALARM, signed())).join();

    assertThat(one(Event.AlarmHeard.class).alarm().header().issuer()).isEqualTo(AlarmSample.DEVICE);
  }

  @Test
  void aDeviceThatBringsTheAlarmOfAnotherIsNotBelieved() {
    assertNotShown(
        service.ask("load-48@grid.example/r", Payload.of(Wire.ALARM, signed())),
        Reason.NOT_AUTHORISED);
  }

  @Test
  void aDeviceThatSpeaksAsTheServiceIsNotBelieved() {
    ObjectNode json = Json.object();
    json.set("alarm", AlarmSample.entry(tree -> tree.put("source", "service")).write());

    assertNotShown(
        service.ask("sw2@grid.example/r", Payload.of(Wire.ALARM, json)), Reason.MALFORMED);
  }

  @Test
  void anOlderWordDoesNotReplaceANewerOne() {
    offer(AlarmSample.entry(), signed()).join();
    change(tree -> tree.put("revision", 1300).put("state", "acknowledged"));
    change(tree -> tree.put("revision", 1250));

    Event.AlarmChanged changed = one(Event.AlarmChanged.class);
    assertThat(changed.mine()).isTrue();
    assertThat(changed.alarm().state().wire()).isEqualTo("acknowledged");
    assertThat(session.openAlarms()).containsExactly(42L);
  }

  @Test
  void newsThatOvertakesTheListOfAlarmsIsNotUndoneByIt() {
    for (int number : List.of(42, 43)) {
      service.alarms.keep(AlarmSample.entry(tree -> tree.put("number", number)));
    }
    service.alarms.meanwhile(
        () -> {
          change(tree -> tree.put("revision", 1300).put("state", "normal").remove("search"));
          change(
              tree ->
                  tree.put("number", 43)
                      .put("revision", 1301)
                      .put("state", "acknowledged")
                      .remove("search"));
          change(tree -> tree.put("number", 44).put("revision", 1302));
        });

    service.cutAndProveAgain();

    assertThat(session.openAlarms()).containsExactly(43L, 44L);
    assertThat(session.askedOf()).extracting(AlarmEntry::number).containsExactly(44L);
  }

  @Test
  void whatClosedDuringACutIsNotOpenAfterIt() {
    offer(AlarmSample.entry(), signed()).join();

    service.cutAndProveAgain();

    assertThat(session.openAlarms()).isEmpty();
  }

  @Test
  void whatIsOverIsNotOpenAnyMore() {
    offer(AlarmSample.entry(), signed()).join();
    change(tree -> tree.put("revision", 1300).put("state", "normal").remove("search"));

    assertThat(session.openAlarms()).isEmpty();
  }

  @Test
  void acknowledgingSignsWhichOccurrenceIsMeant() throws Exception {
    offer(AlarmSample.entry(), signed()).join();

    assertThat(session.run("ack 42").ok()).isTrue();

    assertThat(act().kind()).isEqualTo(AlarmAct.Kind.ACKNOWLEDGE);
    assertThat(act().alarms()).containsExactly(AlarmSample.OCCURRENCE);
    assertThat(one(Event.AlarmsActed.class).done()).containsExactly(42L);
  }

  @Test
  void anAlarmThatWasNotHeardOfIsAskedFor() throws Exception {
    service.alarms.keep(AlarmSample.entry(tree -> tree.put("number", 51)));

    assertThat(session.run("ack 51").ok()).isTrue();

    assertThat(act().alarms()).containsExactly(AlarmSample.OCCURRENCE);
  }

  @Test
  void anAlarmThatIsNotThereIsRefusedAndNothingSigned() throws Exception {
    assertThat(session.run("ack 99").ok()).isFalse();

    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.UNKNOWN);
    assertThat(service.alarms.asked(Wire.ACT)).isEmpty();
  }

  @Test
  void shelvingSaysUntilWhenAndWhy() throws Exception {
    offer(AlarmSample.entry(), signed()).join();

    session.run("shelve 42 for 1 h or until it returns because the sensor is being changed");

    assertThat(act().until()).contains(now.plus(Duration.ofHours(1)));
    assertThat(act().oneShot()).isTrue();
    assertThat(act().reason()).isEqualTo("the sensor is being changed");
  }

  @Test
  void whatCannotBeSignedIsAHint() throws Exception {
    offer(AlarmSample.entry(), signed()).join();

    assertThat(session.run("shelve 42 for 25 h because late").ok()).isFalse();

    assertThat(one(Event.Mistaken.class).hint().text()).contains("24 hours");
    assertThat(service.alarms.asked(Wire.ACT)).isEmpty();
  }

  @Test
  void ofSeveralThoseThatWereRefusedAreNamed() throws Exception {
    DocumentId other = new DocumentId("01K2Z9M5A0B1C2D3E4F5G6H7J9");
    offer(AlarmSample.entry(), signed()).join();
    service.alarms.keep(
        AlarmSample.entry(tree -> tree.put("number", 43).put("occurrence", other.text())));
    ObjectNode answer = Json.object();
    answer.putArray("done").add(42);
    answer
        .putArray("refused")
        .addObject()
        .put("alarm", other.text())
        .put("reason", "not-authorised")
        .put("text", "not yours");
    service.alarms.acts(answer);

    assertThat(session.run("ack 42 and 43").ok()).isFalse();

    Event.AlarmsActed acted = one(Event.AlarmsActed.class);
    assertThat(acted.done()).containsExactly(42L);
    assertThat(acted.refused().get(43L).reason()).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void theHistorySaysWhoSignedWhatAndWhatIsNotBelieved() throws Exception {
    service.alarms.keep(AlarmSample.entry());
    service.alarms.keep(signed());
    service.alarms.keep(new Sealed(new byte[] {0x30, 0x03, 0x02, 0x01, 0x01}));

    assertThat(session.run("alarm 42").ok()).isFalse();

    Event.AlarmShown shown = one(Event.AlarmShown.class);
    assertThat(shown.signed())
        .extracting(Event.SignedWord::signer)
        .containsExactly(AlarmSample.DEVICE);
    assertThat(shown.distrusted()).hasSize(1);
  }

  @Test
  void aFilterIsAskedForAsTyped() throws Exception {
    service.alarms.keep(AlarmSample.entry());

    assertThat(session.run("alarms mine").ok()).isTrue();

    List<Payload> asked = service.alarms.asked(Wire.ALARMS);
    assertThat(asked.get(asked.size() - 1).requireJson().path("filter").asText()).isEqualTo("mine");
    assertThat(one(Event.AlarmsListed.class).alarms()).hasSize(1);
  }

  @Test
  void aReportIsOfTheTimeAskedFor() throws Exception {
    service.alarms.report(GoldenFile.tree("figures"));

    assertThat(session.run("alarms report since 24 h --csv").ok()).isTrue();

    assertThat(service.alarms.asked(Wire.ALARM_REPORT).get(0).requireJson().path("since").asText())
        .isEqualTo(now.minus(Duration.ofDays(1)).toString());
    assertThat(one(Event.AlarmFigures.class).report().raised()).isEqualTo(31);
  }

  @Test
  void whoConnectsIsToldThatSomethingWaits() throws Exception {
    service.alarms.keep(AlarmSample.entry());

    begin();

    assertThat(all(Event.Said.class))
        .extracting(Event.Said::text)
        .contains("1 alarm is not acknowledged: alarms lists them");
  }
}
