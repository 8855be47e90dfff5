// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.branch.BranchReport;
import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Rules;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.Mandated;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.outcome.Result;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.ViewContents;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.warning.Peers;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterIedTest {
  private static final Contact LOAD = Neighbours.load("load-60a", 60, Certainty.REAL);
  private static final Contact OTHER = Neighbours.load("load-61a", 30, Certainty.REAL);

  @TempDir private Path folder;
  private OneDevice one;
  private final List<Payload> submitted = new ArrayList<>();
  private SigningIdentity giver;
  private boolean silent;
  private boolean taken = true;
  private List<Contact> shown = List.of(LOAD, OTHER);

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "branch-60",
            new DriverSettings.Branch(
                new Area("branch-60"),
                Power.kilowatts(100),
                new Rules(Duration.ofSeconds(10), Duration.ofMinutes(1), List.of())));
    giver = one.site().operator();
    one.site().link().cut();
    one.site().link().service(this::answer);
    one.site().link().prove();
  }

  @AfterEach
  void close() {
    one.close();
  }

  private CompletableFuture<Payload> answer(Payload asked) {
    return switch (asked.wire()) {
      case PEERS -> CompletableFuture.completedFuture(Peers.NONE.payload());
      case SUBMIT -> {
        submitted.add(asked);
        yield taken
            ? CompletableFuture.completedFuture(Payload.empty(Wire.ACCEPTED))
            : CompletableFuture.failedFuture(
                new Refused(Reason.OUT_OF_ENVELOPE, "with what it has moved it comes to 80 kW"));
      }
      case VIEW ->
          silent
              ? CompletableFuture.failedFuture(new LinkException("no answer"))
              : CompletableFuture.completedFuture(
                  Payload.of(Wire.VIEW, message(1, "entries", shown).put("epoch", "e")));
      default -> CompletableFuture.completedFuture(Payload.empty(asked.wire()));
    };
  }

  private static ObjectNode message(long revision, String field, List<Contact> contacts) {
    ObjectNode message = Json.object().put("id", "branch").put("rev", revision);
    ArrayNode array = message.putArray(field);
    contacts.forEach(contact -> array.add(contact.write()));
    return message;
  }

  private void told(ObjectNode message) {
    one.site().device().told(Payload.of(Wire.CHANGES, message));
  }

  private ObjectNode change(long revision, Contact before, Contact after) {
    Instant at = after.heard();
    ObjectNode message = Json.object().put("id", "branch").put("rev", revision);
    message
        .put("at", at.toString())
        .putArray("changes")
        .add(ViewContents.change(before, after, at));
    return message;
  }

  private Optional<BranchSum> sum() {
    one.advance(Duration.ofSeconds(1));
    return one.site().link().presence().orElseThrow().branch();
  }

  private String flow() {
    return sum().orElseThrow().flow().toPlainString();
  }

  private long opened() {
    return one.site().link().sets().stream().filter(set -> set.wire() == Wire.VIEW).count();
  }

  @Test
  void itAsksForAViewOfItsBranchAloneAndSaysTheSum() {
    assertThat(one.site().link().sets())
        .filteredOn(set -> set.wire() == Wire.VIEW)
        .last()
        .satisfies(
            set ->
                assertThat(set.requireJson().at("/only/areas").toString())
                    .isEqualTo("[\"branch-60\"]"));
    assertThat(flow()).isEqualTo("90");
    assertThat(one.site().link().announcements())
        .last()
        .satisfies(
            said -> assertThat(said.status()).startsWith("branch-60 carries 90 of 100 kW (90 %)"));
  }

  @Test
  void aChangeOfOneDeviceChangesTheSum() {
    told(change(2, OTHER, Neighbours.load("load-61a", 5, Certainty.REAL)));

    assertThat(flow()).isEqualTo("65");
  }

  @Test
  void oneThatFallsSilentIsUncertainAndStillThere() {
    told(change(2, OTHER, Neighbours.load("load-61a", 30, Certainty.TEMPORARY)));

    assertThat(flow()).isEqualTo("90");
    assertThat(sum().orElseThrow().load().uncertain()).isEqualTo(Power.kilowatts(30));
  }

  @Test
  void oneThatIsTakenOutOfSightIsNoPartOfIt() {
    ObjectNode message = Json.object().put("id", "branch").put("rev", 2);
    message.putArray("gone").add("load-61a@grid.example");
    told(message);

    assertThat(flow()).isEqualTo("60");
  }

  @Test
  void itIsNoPartOfItsOwnSum() {
    told(message(2, "entries", List.of(Neighbours.load("branch-60", 90, Certainty.REAL))));

    assertThat(flow()).isEqualTo("90");
  }

  @Test
  void whenAMessageWasLostItAsksAgainForAll() {
    shown = List.of(LOAD);
    long before = opened();
    told(change(3, OTHER, Neighbours.load("load-61a", 5, Certainty.REAL)));

    assertThat(opened()).isEqualTo(before + 1);
    assertThat(flow()).isEqualTo("60");
  }

  @Test
  void afterACutItAsksAnew() {
    one.site().link().cut();
    shown = List.of(OTHER);
    one.site().link().prove();

    assertThat(flow()).isEqualTo("30");
  }

  @Test
  void withoutAnAnswerItAsksAgain() {
    one.site().link().cut();
    silent = true;
    shown = List.of(OTHER);
    one.site().link().prove();
    assertThat(flow()).isEqualTo("90");
    silent = false;
    one.advance(Duration.ofSeconds(10));

    assertThat(flow()).isEqualTo("30");
  }

  private void rises() {
    told(change(2, OTHER, Neighbours.load("load-61a", 40, Certainty.REAL)));
  }

  private Mandate mandate(long revision) {
    return Mandated.to(giver, revision, 80, 0, one.now(), Verb.SHED, Verb.RESTORE);
  }

  private CompletableFuture<Payload> gives(Mandate mandate, SigningIdentity signer) {
    var answer =
        one.site().link().deliver(Payload.of(Wire.MANDATE, Mandated.sealed(mandate, signer)));
    one.journal().settle();
    return answer;
  }

  private Reason refusal(Mandate mandate, SigningIdentity signer) {
    Throwable no = gives(mandate, signer).handle((payload, thrown) -> thrown).join();
    return ((Refused) no).refusal().reason();
  }

  private Command ordered() {
    assertThat(submitted).hasSize(1);
    return Command.read(
        one.site().pki().trust().open(submitted.get(0).requireSealed(), one.now()).content());
  }

  private void answers(String device, Result result) {
    one.site().link().deliver(Payload.of(Wire.OUTCOME, outcome(device, result))).join();
  }

  private Sealed outcome(String device, Result result) {
    Command command = ordered();
    SigningIdentity signer = one.site().pki().device(device, "branch-60");
    Outcome outcome =
        new Outcome(
            new Header(
                DocumentType.OUTCOME,
                TestPki.SITE,
                DocumentId.next(one.now()),
                signer.certified().jid(),
                one.now()),
            command.id(),
            Digest.of(command.write()),
            result,
            Optional.empty(),
            Optional.empty());
    return Sealer.seal(outcome.write(), one.now(), signer);
  }

  private List<BranchReport> reports() {
    return one.site().link().sets().stream()
        .filter(set -> set.wire() == Wire.BRANCH_REPORT)
        .map(set -> one.site().pki().trust().open(set.requireSealed(), one.now()))
        .map(opened -> BranchReport.read(opened.content()))
        .toList();
  }

  @Test
  void underItsMandateItShedsAndSaysSo() {
    Mandate given = mandate(1);
    gives(given, giver).join();
    rises();
    one.advance(Duration.ofSeconds(10));

    Command order = ordered();
    assertThat(order.verb()).isEqualTo(Verb.SHED);
    assertThat(order.until()).contains(given.until());
    assertThat(order.mandate()).isPresent();
    assertThat(order.reason()).contains("branch-60 carries 100 kW of 100 kW (100 %)");
    assertThat(submitted.get(0).requireJson().at("/leaves/0/maxKw").asInt()).isEqualTo(40);
    assertThat(reports())
        .singleElement()
        .satisfies(
            said -> {
              assertThat(said.kind()).isEqualTo(BranchReport.Kind.ORDERS);
              assertThat(said.order()).contains(order.id());
              assertThat(said.text()).contains("shed load-61a (40 kW)").contains("of op-1");
            });
  }

  @Test
  void howItEndedIsReported() {
    gives(mandate(1), giver).join();
    rises();
    one.advance(Duration.ofSeconds(10));
    answers("load-61a", new Result.Executed("off"));

    assertThat(reports().get(1).kind()).isEqualTo(BranchReport.Kind.ENDED);
    assertThat(reports().get(1).text()).contains("load-61a executed (off)");
  }

  @Test
  void ofAnswersThatComeTogetherOneThatIsForgedKeepsNoOtherBack() {
    gives(mandate(1), giver).join();
    rises();
    one.advance(Duration.ofSeconds(10));
    Sealed forged = Sealer.seal(new byte[] {'{', '}'}, one.now(), giver);
    Outcomes together =
        new Outcomes(List.of(forged, outcome("load-61a", new Result.Executed("off"))));

    assertThat(one.site().link().deliver(together.payload()).join())
        .isEqualTo(Payload.empty(Wire.OUTCOMES));
    assertThat(reports().get(1).text()).contains("load-61a executed (off)");
  }

  @Test
  void answersThatCannotBeReadAreRefusedAsAWhole() {
    Payload none = Payload.of(Wire.OUTCOMES, Json.parse("{\"outcomes\": []}"));

    Throwable no = one.site().link().deliver(none).handle((payload, thrown) -> thrown).join();

    assertThat(((Refused) no).refusal().reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void anAnswerOfAnotherDeviceIsNone() {
    gives(mandate(1), giver).join();
    rises();
    one.advance(Duration.ofSeconds(10));
    answers("load-60a", new Result.Executed("off"));
    assertThat(reports()).hasSize(1);

    one.advance(Duration.ofMinutes(1));
    assertThat(reports().get(1).text()).contains("no answer of load-61a");
  }

  @Test
  void whatTheServiceDoesNotTakeIsReported() {
    taken = false;
    gives(mandate(1), giver).join();
    rises();
    one.advance(Duration.ofSeconds(10));

    assertThat(reports().get(1).text()).contains("not taken by the service: out-of-envelope");
  }

  @Test
  void withoutAMandateItAsksAPerson() {
    rises();
    one.advance(Duration.ofSeconds(10));

    assertThat(submitted).isEmpty();
    assertThat(reports())
        .singleElement()
        .satisfies(said -> assertThat(said.kind()).isEqualTo(BranchReport.Kind.ASKS));
  }

  @Test
  void anEarlierMandateIsSupersededAlsoAfterARestart() {
    gives(mandate(2), giver).join();
    assertThat(refusal(mandate(1), giver)).isEqualTo(Reason.SUPERSEDED);
    one.restart();
    one.site().link().service(this::answer);

    assertThat(refusal(mandate(1), giver)).isEqualTo(Reason.SUPERSEDED);
    assertThat(gives(mandate(2), giver).join().wire()).isEqualTo(Wire.MANDATE);
  }

  @Test
  void aMandateThatIsOverIsStale() {
    Mandate over = mandate(1);
    one.advance(Duration.ofHours(1));

    assertThat(refusal(over, giver)).isEqualTo(Reason.STALE);
  }

  @Test
  void onlyAnOperatorOfItsOwnGivesItOne() {
    SigningIdentity viewer = one.site().pki().viewer("op-1", "*");
    SigningIdentity far = one.site().pki().operator("op-1", "branch-18");

    assertThat(refusal(mandate(1), viewer)).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(refusal(mandate(1), far)).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(refusal(mandate(1), one.site().pki().operator("op-2", "*")))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }
}
