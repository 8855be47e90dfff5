// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import energy.muster.command.Command;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Outcomes;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is shown of answers that come several at once. */
final class AnswersTogetherTest extends Sitting {
  private static final BareJid OTHER = TestPki.jid("load-50a");
  private static final Payload TAKEN = Payload.empty(Wire.OUTCOMES);

  /** An order to both loads that nobody has answered yet. */
  private Command toBoth() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48, load-50a");
    return only();
  }

  private Sealed executed(Command command, BareJid device) {
    return service.answer(command, device, new Result.Executed("off"));
  }

  /** Signed by another device. */
  private Sealed forged(Command command) {
    return service.sign(
        pki.device("load-9"),
        LOAD,
        command,
        Digest.of(command.write()),
        new Result.Executed("forged"));
  }

  private List<String> answered() {
    return all(Event.Answered.class).stream()
        .map(each -> each.outcome().header().issuer().local())
        .toList();
  }

  private Reason refusal(Payload question) {
    Throwable no = catchThrowable(() -> service.ask("muster.grid.example", question).join());
    return ((Refused) ((CompletionException) no).getCause()).refusal().reason();
  }

  @Test
  void eachIsShownInItsOrderBeforeTheyAreAnswered() throws Exception {
    Command command = toBoth();

    assertThat(service.report(List.of(executed(command, OTHER), executed(command, LOAD))))
        .isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-50a", "load-48");
  }

  @Test
  void oneThatIsNotBelievedKeepsNoOtherBack() throws Exception {
    Command command = toBoth();
    Sealed none = new Sealed(new byte[] {0x30, 0});

    assertThat(
            service.report(
                List.of(executed(command, LOAD), forged(command), none, executed(command, OTHER))))
        .isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-48", "load-50a");
    assertThat(all(Event.Distrusted.class))
        .extracting(each -> each.why().reason())
        .containsExactly(Reason.NOT_AUTHORISED, Reason.MALFORMED);
  }

  @Test
  void theSameTwiceIsShownOnce() throws Exception {
    Command command = toBoth();
    Sealed outcome = executed(command, LOAD);
    service.report(outcome).join();

    assertThat(service.report(List.of(outcome, outcome))).isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-48");
  }

  @Test
  void thoseOfAnotherSittingAreCheckedAgainstTheirOrderWhichIsAskedForOnce() throws Exception {
    Command command = toBoth();
    begin();
    int before = service.lookUps;

    assertThat(service.report(List.of(executed(command, LOAD), executed(command, OTHER))))
        .isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-48", "load-50a");
    assertThat(service.lookUps).isEqualTo(before + 1);
  }

  @Test
  void oneOfAnotherDigestToAnOrderOfAnotherSittingKeepsNoOtherBack() throws Exception {
    Command command = toBoth();
    begin();
    Sealed other =
        service.sign(
            pki.device("load-48"),
            LOAD,
            command,
            Digest.of(new byte[] {1}),
            new Result.Executed("of something else"));

    assertThat(service.report(List.of(other, executed(command, OTHER))))
        .isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-50a");
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.ID_CONFLICT);
  }

  private static Refused no(Reason reason) {
    return new Refused(reason, "not now");
  }

  /** Two orders of another sitting, the first to one load and the second to the other. */
  private List<Sealed> ofTwoOrders() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    session.run("shed load-50a");
    List<Sealed> outcomes =
        List.of(
            executed(service.commands().get(0), LOAD), executed(service.commands().get(1), OTHER));
    begin();
    return outcomes;
  }

  @Test
  void whileAnOrderCannotBeLookedUpTheyComeAgainAndWhatWasShownIsNotShownTwice() throws Exception {
    List<Sealed> outcomes = ofTwoOrders();
    Payload together = new Outcomes(outcomes).payload();
    service.failing.add(no(Reason.RATE_LIMITED));

    assertThat(refusal(new Outcomes(List.of(outcomes.get(1))).payload())).isEqualTo(Reason.BUSY);
    assertThat(answered()).isEmpty();
    service.report(outcomes.get(0)).join();
    service.failing.add(no(Reason.RATE_LIMITED));
    assertThat(refusal(together)).isEqualTo(Reason.BUSY);
    assertThat(answered()).containsExactly("load-48");

    assertThat(service.report(outcomes)).isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-48", "load-50a");
    assertThat(all(Event.Distrusted.class)).isEmpty();
    assertThat(all(Event.Said.class)).isEmpty();
  }

  @Test
  void afterOneThatCannotBeLookedUpTheOthersOfTheSameAreNotAskedFor() throws Exception {
    List<Sealed> outcomes = ofTwoOrders();
    int before = service.lookUps;
    service.failing.add(new LinkException("the connection was cut"));

    assertThat(refusal(new Outcomes(outcomes).payload())).isEqualTo(Reason.BUSY);
    assertThat(service.lookUps).isEqualTo(before + 1);

    assertThat(service.report(outcomes)).isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-48", "load-50a");
  }

  @Test
  void oneAloneThatCannotBeLookedUpComesAgainToo() throws Exception {
    Sealed outcome = ofTwoOrders().get(0);
    service.failing.add(no(Reason.NOT_PROVEN));

    assertThat(refusal(Payload.of(Wire.OUTCOME, outcome))).isEqualTo(Reason.BUSY);
    assertThat(answered()).isEmpty();

    service.report(outcome).join();
    service.report(outcome).join();
    assertThat(answered()).containsExactly("load-48");
    assertThat(all(Event.Distrusted.class)).isEmpty();
  }

  @Test
  void oneWhoseOrderIsGoneIsSaidToBeSoOnceAndKeepsNoOtherBack() throws Exception {
    List<Sealed> outcomes = ofTwoOrders();
    service.failing.add(no(Reason.UNKNOWN));
    service.failing.add(no(Reason.BUSY));

    assertThat(refusal(new Outcomes(outcomes).payload())).isEqualTo(Reason.BUSY);
    assertThat(one(Event.Distrusted.class).why().reason()).isEqualTo(Reason.UNKNOWN);

    assertThat(service.report(outcomes)).isCompletedWithValue(TAKEN);
    assertThat(answered()).containsExactly("load-50a");
    assertThat(all(Event.Distrusted.class)).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsRefusedAsAWholeAndNothingOfItShown() throws Exception {
    Command command = toBoth();
    var json = Json.object();
    json.putArray("outcomes").add(executed(command, LOAD).base64()).add("*");

    assertThat(refusal(Payload.of(Wire.OUTCOMES, json))).isEqualTo(Reason.MALFORMED);
    assertThat(refusal(Payload.of(Wire.OUTCOMES, Json.object()))).isEqualTo(Reason.MALFORMED);
    assertThat(answered()).isEmpty();
    assertThat(all(Event.Distrusted.class)).hasSize(2);
  }
}
