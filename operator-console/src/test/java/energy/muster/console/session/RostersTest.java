// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.document.GoldenFile;
import energy.muster.duty.DutyRoster;
import energy.muster.duty.OnDuty;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is to answer, and an engineer who says so. */
final class RostersTest extends Sitting {
  @TempDir Path folder;

  @Override
  SigningIdentity whoSits() {
    return pki.identity("eng-1", Role.ENGINEER, "*");
  }

  private Path file(String golden) throws IOException {
    ObjectNode tree = GoldenFile.tree(golden);
    tree.remove(List.of("type", "v", "site", "id", "issuer", "issuedAt", "revision"));
    return Files.write(folder.resolve(golden + ".json"), Json.bytes(tree));
  }

  private Sealed roster(SigningIdentity signer) {
    return Sealer.seal(
        Json.bytes(
            GoldenFile.tree("duty-roster")
                .put("site", TestPki.SITE)
                .put("issuer", signer.certified().jid().toString())),
        signer);
  }

  private byte[] sent(Wire wire) {
    List<Payload> asked = service.alarms.asked(wire);
    Opened opened = pki.trust().open(asked.get(asked.size() - 1).requireSealed(), pki.now());
    assertThat(opened.soleSigner().jid()).isEqualTo(TestPki.jid("eng-1"));
    return opened.content();
  }

  @Test
  void whoIsOnDutyIsReadOffTheSignedRoster() throws Exception {
    service.alarms.duty(roster(whoSits()));

    assertThat(session.run("duty plant-3 at 2026-07-01T12:00Z").ok()).isTrue();

    Event.DutyShown shown = one(Event.DutyShown.class);
    assertThat(shown.revision()).isEqualTo(4);
    Event.TeamOnDuty team = shown.teams().get(0);
    assertThat(team.now().map(OnDuty::person)).contains(TestPki.jid("op-2"));
    assertThat(team.next().orElseThrow().at()).isEqualTo("2026-07-01T20:00:00Z");
  }

  @Test
  void aRosterThatNoEngineerOfTheSiteHasSignedIsNotBelieved() throws Exception {
    service.alarms.duty(roster(pki.identity("eng-2", Role.ENGINEER, "branch-60")));

    assertThat(session.run("duty").ok()).isFalse();

    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void withoutARosterThatIsSaid() throws Exception {
    assertThat(session.run("duty").ok()).isFalse();

    assertThat(one(Event.Said.class).text()).contains("nobody has published");
  }

  @Test
  void aTeamThatIsNotInItIsAHint() throws Exception {
    service.alarms.duty(roster(whoSits()));

    assertThat(session.run("duty plant-4").ok()).isFalse();

    assertThat(one(Event.Mistaken.class).hint().text()).contains("plant-3");
  }

  @Test
  void aPublishedRosterIsTheNextRevision() throws Exception {
    service.alarms.duty(roster(whoSits()));

    session.run("publish duty \"" + file("duty-roster") + "\"");

    DutyRoster sent = DutyRoster.read(sent(Wire.ROSTER));
    assertThat(sent.revision()).isEqualTo(5);
    assertThat(sent.teams()).isEqualTo(DutyRoster.read(GoldenFile.compact("duty-roster")).teams());
  }

  @Test
  void aRosterThatIsNotBelievedAnyMoreCanBeReplaced() throws Exception {
    SigningIdentity left = pki.identity("eng-2", Role.ENGINEER, "*");
    service.alarms.duty(roster(left));
    pki.revoke(left);
    service.crl(pki.crl()).join();

    session.run("publish duty \"" + file("duty-roster") + "\"");

    assertThat(DutyRoster.read(sent(Wire.ROSTER)).revision()).isEqualTo(5);
  }

  @Test
  void theFirstPolicyIsRevisionOne() throws Exception {
    assertThat(session.run("publish policy \"" + file("policy") + "\"").ok()).isTrue();

    AlarmPolicy sent = AlarmPolicy.read(sent(Wire.POLICY));
    assertThat(sent.revision()).isEqualTo(1);
    assertThat(sent.courses()).hasSize(2);
  }

  @Test
  void aFileThatIsNoPolicyIsAHintAndNothingIsSigned() throws Exception {
    assertThat(session.run("publish policy \"" + file("duty-roster") + "\"").ok()).isFalse();

    assertThat(one(Event.Mistaken.class).hint().text()).contains("duty-roster.json");
    assertThat(service.alarms.asked(Wire.POLICY)).noneMatch(asked -> asked.sealed().isPresent());
  }

  @Test
  void aFileDoesNotSayWhoIssuesIt() throws Exception {
    Path file = Files.write(folder.resolve("whole.json"), GoldenFile.compact("duty-roster"));

    assertThat(session.run("publish duty \"" + file + "\"").ok()).isFalse();

    assertThat(one(Event.Mistaken.class).hint().text()).contains("type is filled in here");
  }

  @Test
  void aFileThatIsNotThereIsAHint() throws Exception {
    assertThat(session.run("publish duty nowhere.json").ok()).isFalse();

    assertThat(one(Event.Mistaken.class).hint().text()).contains("there is no file nowhere.json");
  }
}
