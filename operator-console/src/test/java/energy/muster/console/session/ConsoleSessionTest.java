// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleSessionTest {
  private static final BareJid LOAD = TestPki.jid("load-48");

  private final TestPki pki = new TestPki();
  private final ServiceDouble service = new ServiceDouble(pki);
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private boolean agrees = true;
  private Duration deliberates = Duration.ZERO;
  private volatile Instant now = pki.now();
  private ConsoleSession session;

  @BeforeEach
  void open() throws Exception {
    service.clock(() -> now);
    service
        .with("load-48", Sample.load(Operating.ON, 20), "branch-60")
        .with("load-50a", Sample.load(Operating.ON, 40), "branch-60")
        .with("load-9", Sample.load(Operating.OFF, 0), "branch-13")
        .with("gen-2", Sample.generator(Operating.OFF, Optional.empty()))
        .with("sw3", Sample.breaker(Position.CLOSED));
    Setup setup =
        new Setup(
            TestPki.SITE,
            pki.operator("op-1", "*"),
            pki.trustWithoutCrl(),
            () -> now,
            ZoneOffset.UTC,
            Duration.ofMillis(200));
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
    events.clear();
  }

  private <T extends Event> T one(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as("events %s", events).hasSize(1);
    return found.get(0);
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Command only() {
    assertThat(service.commands()).hasSize(1);
    return service.commands().get(0);
  }

  @Test
  void aShedIsSignedAndItsVerifiedAnswerShown() throws Exception {
    LineResult result = session.run("shed load-48 for 30 min because \"storm\" urgent");
    assertThat(result.ok()).isTrue();
    Command command = only();
    assertThat(command.verb()).isEqualTo(Verb.SHED);
    assertThat(command.until()).contains(pki.now().plus(Duration.ofMinutes(30)));
    assertThat(command.reason()).contains("storm");
    assertThat(command.priority()).isEqualTo(Priority.EMERGENCY);
    assertThat(command.deliverBy()).isEqualTo(pki.now().plus(Duration.ofMinutes(2)));
    assertThat(command.executeBy()).isEqualTo(pki.now().plus(Duration.ofMinutes(5)));
    Event.Answered answered = one(Event.Answered.class);
    assertThat(answered.outcome().header().issuer()).isEqualTo(LOAD);
    assertThat(answered.took()).isPresent();
    assertThat(questions).isEmpty();
  }

  @Test
  void aDescriptionBecomesAnExactListThatIsShownAndConfirmed() throws Exception {
    session.run("shed loads on branch 60 that are on");
    assertThat(one(Event.Addressed.class).devices()).containsExactly(LOAD, TestPki.jid("load-50a"));
    assertThat(questions).containsExactly("shed these 2 devices?");
    assertThat(only().targets().count()).isEqualTo(2);
  }

  @Test
  void withoutConsentNothingIsSent() throws Exception {
    agrees = false;
    assertThat(session.run("shed load-48, load-50a").ok()).isFalse();
    assertThat(service.commands()).isEmpty();
  }

  @Test
  void aRefusalFailsTheLineUnlessItIsExpected() throws Exception {
    service.behave(
        (command, device) ->
            Optional.of(new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "until 13:03"))));
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(session.run("expect refused critical-process").ok()).isTrue();
    assertThat(session.run("expect executed").ok()).isFalse();
  }

  @Test
  void theServicesOwnRefusalCanBeExpectedToo() throws Exception {
    service.behave(
        (command, device) -> {
          throw new Refused(Reason.NOT_AUTHORISED, "not yours");
        });
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(one(Event.Declined.class).refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(session.run("expect refused not-authorised").ok()).isTrue();
  }

  @Test
  void openSelectsShowsAsksAndOperates() throws Exception {
    assertThat(session.run("open sw3").ok()).isTrue();
    assertThat(service.commands().stream().map(Command::instruction))
        .containsExactly(new Instruction.Select(Verb.OPEN), Instruction.plain(Verb.OPEN));
    assertThat(one(Event.Shown.class).contact().device()).isEqualTo(TestPki.jid("sw3"));
    assertThat(questions).containsExactly("open sw3?");
  }

  @Test
  void openWithoutConsentEndsTheSelectionAndSaysSo() throws Exception {
    agrees = false;
    assertThat(session.run("open sw3").ok()).isFalse();
    Command select = service.commands().get(0);
    assertThat(service.commands().stream().map(Command::instruction))
        .containsExactly(new Instruction.Select(Verb.OPEN), new Instruction.Cancel(select.id()));
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; sw3 is no longer selected");
  }

  @Test
  void aSelectionThatCouldNotBeEndedIsSaidToHold() throws Exception {
    agrees = false;
    service.behave(
        (command, device) ->
            command.verb() == Verb.CANCEL
                ? Optional.empty()
                : Optional.of(new Result.Executed("selected")));
    assertThat(session.run("open sw3").ok()).isFalse();
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; sw3 may stay selected for you until 00:00:30");
  }

  @Test
  void nothingIsSentToEndASelectionThatHasLapsed() throws Exception {
    agrees = false;
    deliberates = Duration.ofSeconds(30);
    assertThat(session.run("open sw3").ok()).isFalse();
    assertThat(only().verb()).isEqualTo(Verb.SELECT);
    assertThat(one(Event.Said.class).text())
        .isEqualTo("not done: no open was sent; the selection of sw3 has lapsed");
  }

  @Test
  void selectGuessesTheVerbThatWouldChangeThePosition() throws Exception {
    session.run("select sw3");
    assertThat(only().instruction()).isEqualTo(new Instruction.Select(Verb.OPEN));
  }

  @Test
  void statusNowShowsTheDevicesSignedStateAndClock() throws Exception {
    session.run("status gen-2 now");
    Event.Answered answered = one(Event.Answered.class);
    assertThat(answered.outcome().clock()).isPresent();
    assertThat(answered.outcome().state()).isPresent();
  }

  @Test
  void aSignedAnswerIsTheNewestThatWasHeardOfADevice() throws Exception {
    now = pki.now().plusSeconds(20);
    session.run("status gen-2 now");
    session.run("status gen-2");
    assertThat(one(Event.Shown.class).contact().heard())
        .isEqualTo(one(Event.Answered.class).outcome().header().issuedAt())
        .isEqualTo(now);
  }

  @Test
  void anAnswerDatedAheadDoesNotMakeADeviceHeardInTheFuture() throws Exception {
    service.clock(() -> pki.now().plusSeconds(20));
    session.run("status gen-2 now");
    session.run("status gen-2");
    assertThat(one(Event.Shown.class).contact().heard()).isEqualTo(now);
  }

  @Test
  void silenceIsWaitedForAndThenSaidToBeOpen() throws Exception {
    service.behave((command, device) -> Optional.empty());
    assertThat(session.run("shed load-48").ok()).isFalse();
    assertThat(one(Event.Waiting.class).devices()).containsExactly(LOAD);
    assertThat(one(Event.StillOpen.class).open()).containsKey(LOAD);
    assertThat(session.run("expect executed").ok()).isFalse();
  }

  @Test
  void anAnswerThatGotLostIsFetchedBeforeItIsCalledOpen() throws Exception {
    service.answersQuietly(LOAD, new Result.Executed("done"));
    assertThat(session.run("shed load-48").ok()).isTrue();
    assertThat(one(Event.Answered.class).outcome().header().issuer()).isEqualTo(LOAD);
  }

  @Test
  void aSubmissionThatNobodyKnowsOfIsSentAgainAsItWas() throws Exception {
    service.losesTheAnswerTo(1);
    assertThat(session.run("shed load-48").ok()).isTrue();
    assertThat(service.commands()).hasSize(2);
    assertThat(service.commands().get(0)).isEqualTo(service.commands().get(1));
    assertThat(all(Event.Answered.class)).hasSize(1);
  }

  @Test
  void anAnswerMissedDuringACutIsFetchedAfterIt() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    service.keepsAnswer(only(), LOAD, new Result.Executed("meanwhile"));
    service.cutAndProveAgain();
    assertThat(one(Event.Answered.class).outcome().result().text()).isEqualTo("meanwhile");
  }

  @Test
  void anOutcomeSignedByAnotherDeviceIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    assertThat(
            service.report(
                service.sign(
                    pki.device("load-50a"),
                    LOAD,
                    command,
                    Digest.of(command.write()),
                    new Result.Executed("forged"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(all(Event.Answered.class)).isEmpty();
  }

  @Test
  void anOutcomeOfAnotherDigestIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    assertThat(
            service.report(
                service.sign(
                    pki.device("load-48"),
                    LOAD,
                    only(),
                    Digest.of(new byte[] {1}),
                    new Result.Executed("of something else"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void anOutcomeOfARevokedDeviceIsNotBelieved() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    var stolen = pki.device("load-48");
    pki.revoke(stolen);
    assertThat(service.crl(pki.crl())).isCompleted();
    assertThat(
            service.report(
                service.sign(
                    stolen,
                    LOAD,
                    command,
                    Digest.of(command.write()),
                    new Result.Executed("stolen"))))
        .isCompletedExceptionally();
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.REVOKED);
  }

  @Test
  void theSameOutcomeTwiceIsShownOnce() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    Command command = only();
    var outcome =
        service.sign(
            pki.device("load-48"),
            LOAD,
            command,
            Digest.of(command.write()),
            new Result.Executed("late"));
    assertThat(service.report(outcome)).isCompletedWithValue(Payload.empty(Wire.OUTCOME));
    assertThat(service.report(outcome)).isCompletedWithValue(Payload.empty(Wire.OUTCOME));
    assertThat(all(Event.Answered.class)).hasSize(1);
  }

  @Test
  void changesOfCommandedAndFollowedDevicesAreShownAndOthersStayQuiet() throws Exception {
    service.change("gen-2", Sample.generator(Operating.STARTING, Optional.empty()));
    assertThat(all(Event.Changed.class)).isEmpty();
    session.run("start gen-2");
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(all(Event.Changed.class)).hasSize(1);
    session.run("follow load-9");
    service.change("load-9", Sample.load(Operating.ON, 5));
    service.change("load-9", Sample.load(Operating.ON, 6));
    assertThat(all(Event.Changed.class)).hasSize(2);
    session.run("unfollow load-9");
    service.change("load-9", Sample.load(Operating.OFF, 0));
    assertThat(all(Event.Changed.class)).hasSize(2);
  }

  @Test
  void anExpectedStateIsAwaitedInTheMirror() throws Exception {
    assertThat(session.run("expect gen-2 on within 0.05 s").ok()).isFalse();
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(session.run("expect gen-2 on and available").ok()).isTrue();
    assertThat(session.run("expect 2 loads on branch 60 that are on").ok()).isTrue();
  }

  @Test
  void aLostChangeIsNoticedAndTheViewOpenedAgain() throws Exception {
    service.losesAChange("load-9", Sample.load(Operating.ON, 3));
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(session.run("expect load-9 on").ok()).isTrue();
    assertThat(session.run("expect gen-2 on").ok()).isTrue();
  }

  @Test
  void whatAGoneDeviceLastSaidDoesNotCount() throws Exception {
    service.change(
        new Contact(
            LOAD,
            Set.of(),
            Optional.of(Sample.load(Operating.ON, 20)),
            Certainty.TEMPORARY,
            pki.now(),
            Optional.of(
                new Contact.Absence(true, pki.now(), "gone without a reason", Optional.empty()))));
    assertThat(session.run("expect load-48 on within 0.01 s").ok()).isFalse();
    assertThat(session.run("expect load-48 unavailable and faulty").ok()).isTrue();
    session.run("who that are faulty");
    assertThat(one(Event.Listed.class).contacts()).hasSize(1);
  }

  @Test
  void devicesAreListedByNameAndNumber() throws Exception {
    session.run("who loads");
    assertThat(one(Event.Listed.class).contacts().stream().map(each -> each.device().local()))
        .containsExactly("load-9", "load-48", "load-50a");
  }

  @Test
  void anUnknownDeviceIsAHintWithTheNearestName() throws Exception {
    assertThat(session.run("shed laod-48")).isInstanceOf(LineResult.Mistake.class);
    assertThat(one(Event.Mistaken.class).hint().text()).contains("did you mean 'load-48'?");
    assertThat(session.run("expect hint").ok()).isTrue();
  }

  @Test
  void noticesAndTheConnectionAreTold() {
    service.tell(
        Payload.of(
            Wire.NOTICE,
            Json.object()
                .put("at", Instant.EPOCH.toString())
                .put("kind", "fault")
                .put("device", "load-48@grid.example")
                .put("text", "gone without a reason")));
    assertThat(one(Event.Noticed.class).kind()).isEqualTo("fault");
    service.cutAndProveAgain();
    assertThat(all(Event.Linked.class)).hasSize(2);
  }

  @Test
  void aLookGrantIsSigned() throws Exception {
    assertThat(session.run("let visitor look at gen-2 until 18:00").ok()).isTrue();
    assertThat(service.grants()).hasSize(1);
    assertThat(service.grants().get(0).viewer()).isEqualTo(TestPki.jid("visitor"));
    assertThat(service.grants().get(0).until()).isEqualTo("2026-06-01T18:00:00Z");
  }

  @Test
  void anOrderIsFoundByTheEndOfItsIdAndExported(@TempDir Path folder) throws Exception {
    session.run("shed load-48");
    String brief = only().id().brief().toLowerCase(Locale.ROOT);
    assertThat(session.run("order " + brief).ok()).isTrue();
    assertThat(session.run("export order " + brief + " to \"" + folder + "\"").ok()).isTrue();
    List<Path> files = one(Event.Exported.class).files();
    assertThat(files).hasSize(3).allSatisfy(file -> assertThat(file).exists());
    var exported = new Sealed(Files.readAllBytes(files.get(0)));
    assertThat(Command.read(pki.trust().open(exported, pki.now()).content())).isEqualTo(only());
  }

  @Test
  void ordersAreListedWithTheirStates() throws Exception {
    session.run("shed load-48");
    assertThat(session.run("orders").ok()).isTrue();
    assertThat(one(Event.Orders.class).orders().get(0).counts())
        .containsEntry(DeliveryState.EXECUTED, 1L);
  }

  @Test
  void leavingSaysGoodbye() throws Exception {
    assertThat(session.run("quit")).isInstanceOf(LineResult.Left.class);
    session.close();
    assertThat(service.left()).isTrue();
  }

  @Test
  void timesThatContradictAreAHint() throws Exception {
    assertThat(session.run("shed load-48 deliver within 10 min execute within 5 min"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(session.run("shed load-48 until 2020-01-01T00:00Z"))
        .isInstanceOf(LineResult.Mistake.class);
    assertThat(service.commands()).isEmpty();
  }
}
