// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.driver.Sighting;
import energy.muster.ied.driver.Surroundings;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.Warnings;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.warning.Catastrophe;
import energy.muster.warning.Peers;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import energy.muster.warning.WarningReport.Answer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyWarningTest {
  private static final BareJid PEER = new BareJid("sw6", "grid.example");

  @TempDir private Path folder;
  private OneDevice one;
  private SigningIdentity peer;
  private Surroundings surroundings;

  @AfterEach
  void close() {
    one.close();
  }

  private void start(DriverFactory driver) {
    one =
        new OneDevice(
            folder,
            "load-62c",
            (saved, around) -> {
              surroundings = around;
              return driver.build(saved, around);
            });
    peer = one.site().pki().device("sw6", "branch-60");
  }

  private void startLoad() {
    start(new DriverSettings.Load(Power.kilowatts(40), false, Optional.empty()));
  }

  private void sign(String act) {
    SigningIdentity engineer = one.site().pki().identity("eng-1", Role.ENGINEER, "*");
    var settings =
        Json.parse(
            "{\"reactions\":[{\"event\":\"short-circuit\",\"from\":\"sw6@grid.example\",\"act\":\""
                + act
                + "\"}]}");
    Result result =
        one.carryOut(
            Orders.order(
                engineer, one.site().jid(), new Instruction.Configure(1, settings), one.now()));
    assertThat(result).isInstanceOf(Result.Executed.class);
  }

  private void warn() {
    warn(Warnings.of(peer, one.now()));
  }

  private void warn(Warning warning) {
    one.site().device().warned(PEER, Warnings.sealed(warning, peer));
    one.journal().settle();
  }

  private List<WarningReport> reports() {
    return one.site().link().sets().stream()
        .filter(payload -> payload.wire() == Wire.REACTED)
        .map(payload -> one.site().pki().trust().open(payload.requireSealed(), one.now()))
        .map(opened -> WarningReport.read(opened.content()))
        .toList();
  }

  private Operating operating() {
    one.advance(Duration.ofSeconds(1));
    return one.site().link().presence().orElseThrow().operating();
  }

  @Test
  void aLoadShedsWhenThatWasSignedBeforehand() {
    startLoad();
    sign("protect");
    warn();

    assertThat(operating()).isEqualTo(Operating.OFF);
    assertThat(reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.answer()).isEqualTo(Answer.PROTECTED);
              assertThat(report.text()).isEqualTo("sheds 40 kW");
              assertThat(report.from()).isEqualTo(PEER);
            });
  }

  @Test
  void withoutASignedReactionItOnlyTakesNote() {
    startLoad();
    warn();

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(reports()).extracting(WarningReport::answer).containsExactly(Answer.NOTED);
  }

  @Test
  void anotherEventTriggersNothing() {
    startLoad();
    sign("protect");
    Warning other = Warnings.of(peer, one.now());
    warn(new Warning(other.header(), Catastrophe.OVER_VOLTAGE, Warnings.BRANCH, "here"));

    assertThat(operating()).isEqualTo(Operating.ON);
  }

  @Test
  void aReplayActsOnNothingAndIsReportedAsRefused() {
    startLoad();
    sign("protect");
    Warning warning = Warnings.of(peer, one.now());
    warn(warning);
    assertThat(one.carryOut(one.site().order(Verb.RESTORE).issuedAt(one.in(Duration.ofSeconds(1)))))
        .isInstanceOf(Result.Executed.class);
    warn(warning);

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(reports().get(1).reason()).contains(Reason.REPLAYED);
  }

  @Test
  void whatItDidSurvivesARestart() {
    startLoad();
    sign("protect");
    warn();
    one.restart();

    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void anOrderFromBeforeTheCatastropheDoesNotUndoIt() {
    startLoad();
    sign("protect");
    Orders before = one.site().order(Verb.RESTORE);
    one.advance(Duration.ofSeconds(1));
    warn();

    assertThat(OneDevice.reason(one.carryOut(before))).isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void theEndOfAnEarlierOrderDoesNotUndoItEither() {
    startLoad();
    sign("protect");
    one.carryOut(
        one.site()
            .order(new Instruction.Limit(Power.kilowatts(10)))
            .until(one.in(Duration.ofSeconds(30))));
    warn();
    one.advance(Duration.ofMinutes(1));

    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void oneThatAPersonTookOutOfUseStaysAsItIs() {
    startLoad();
    sign("protect");
    one.carryOut(one.site().order(new Instruction.Restrict(RestrictionReason.MAINTENANCE, "")));
    warn();

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(reports().get(0).reason()).contains(Reason.LOCAL_CONTROL);
  }

  @Test
  void whatItSeesItselfGoesToItsPeersFirstAndThenToTheService() {
    startLoad();
    BareJid one60 = new BareJid("sw4", "grid.example");
    Peers peers = new Peers(new TreeMap<>(Map.of(new Area("branch-60"), List.of(one60, PEER))));
    one.site().device().told(peers.payload());
    surroundings.sees().accept(new Sighting(Catastrophe.EARTH_FAULT, "at bus 62"));

    FakeLink link = one.site().link();
    assertThat(link.toldPeers()).containsOnlyKeys(one60, PEER);
    assertThat(link.toldPeers().get(PEER)).isEqualTo(link.toldPeers().get(one60));
    Warning warning =
        Warning.read(
            one.site()
                .pki()
                .trust()
                .open(link.toldPeers().get(PEER).requireSealed(), one.now())
                .content());
    assertThat(warning.event()).isEqualTo(Catastrophe.EARTH_FAULT);
    assertThat(warning.until()).isEqualTo(one.now().plusSeconds(5));
    assertThat(link.sets()).contains(link.toldPeers().get(PEER));
  }

  private void peersAre(CompletableFuture<Payload> answer) {
    one.site()
        .link()
        .service(
            asked ->
                asked.wire() == Wire.PEERS
                    ? answer
                    : CompletableFuture.completedFuture(Payload.empty(asked.wire())));
  }

  private long timesAsked() {
    return one.site().link().sets().stream()
        .filter(payload -> payload.wire() == Wire.PEERS)
        .count();
  }

  private void failsAtFirst(Exception refusal) {
    startLoad();
    one.site().link().cut();
    peersAre(CompletableFuture.failedFuture(refusal));
    one.site().link().prove();
    peersAre(
        CompletableFuture.completedFuture(
            new Peers(new TreeMap<>(Map.of(new Area("branch-60"), List.of(PEER)))).payload()));
    one.advance(Duration.ofSeconds(2));
    surroundings.sees().accept(new Sighting(Catastrophe.EARTH_FAULT, "at bus 62"));
  }

  @Test
  void aServiceThatIsBusyAtFirstIsAskedAgainForThePeers() {
    failsAtFirst(new Refused(Reason.BUSY, "starting"));

    assertThat(one.site().link().toldPeers()).containsOnlyKeys(PEER);
  }

  @Test
  void aServiceThatDoesNotAnswerAtFirstIsAskedAgainForThePeers() {
    failsAtFirst(new LinkException("no answer within 10 s"));

    assertThat(one.site().link().toldPeers()).containsOnlyKeys(PEER);
  }

  @Test
  void aServiceThatRefusesThePeersForGoodIsNotAskedAgain() {
    failsAtFirst(new Refused(Reason.NOT_AUTHORISED, "no device"));

    assertThat(one.site().link().toldPeers()).isEmpty();
    assertThat(one.site().events().lines())
        .anyMatch(line -> line.startsWith("trouble the service does not tell its peers"));
  }

  @Test
  void thePeersAreNotAskedForBySessionsThatAreGone() {
    startLoad();
    one.site().link().serviceIsSilent();
    one.site().link().cut();
    one.site().link().prove();
    one.site().link().cut();
    long asked = timesAsked();
    one.advance(Duration.ofMinutes(1));

    assertThat(timesAsked()).isEqualTo(asked);
  }
}
