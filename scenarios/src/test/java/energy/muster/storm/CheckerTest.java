// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Good histories pass, and each rule has histories that break it and nothing else. */
class CheckerTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant BY = NOON.plusSeconds(5);
  private static final DocumentId ID = DocumentId.next(NOON);
  private static final DocumentId OTHER = DocumentId.next(NOON.plusSeconds(1));
  private static final String LOAD = "load-1";
  private static final String ELSEWHERE = "load-2";
  private static final Fact.Signed EXECUTED = signed(DeliveryState.EXECUTED, "off");
  private static final Fact.Signed REFUSED = signed(DeliveryState.REFUSED, "it is too late");
  private static final Fact.Signed UNCERTAIN = signed(DeliveryState.UNCERTAIN, "who knows");

  private final List<Fact> history = new ArrayList<>();

  private static Fact.Signed signed(DeliveryState result, String text) {
    return new Fact.Signed("digest of " + text, result, text);
  }

  private CheckerTest submitted() {
    return add(new Fact.Submitted(NOON, ID, Verb.SHED, Set.of(LOAD), BY, BY));
  }

  private CheckerTest accepted() {
    return add(new Fact.Accepted(NOON.plusMillis(20), ID));
  }

  private CheckerTest acted(Duration after) {
    return add(acted(ID, LOAD, Verb.SHED, after));
  }

  private static Fact.Acted acted(DocumentId id, String device, Verb verb, Duration after) {
    return new Fact.Acted(NOON.plus(after), device, id, verb, Optional.of(Operating.ON));
  }

  private CheckerTest acted() {
    return acted(Duration.ofSeconds(1));
  }

  private CheckerTest told(Fact.Signed outcome) {
    return add(new Fact.Told(NOON.plusSeconds(2), ID, LOAD, outcome));
  }

  private CheckerTest found(DeliveryState state, Fact.Signed... outcomes) {
    return found(1, state, outcomes).found(2, state, outcomes);
  }

  private CheckerTest found(int reading, DeliveryState state, Fact.Signed... outcomes) {
    return add(
        new Fact.Found(
            NOON.plusSeconds(60), reading, ID, LOAD, state, "", List.of(outcomes), false));
  }

  private CheckerTest add(Fact fact) {
    history.add(fact);
    return this;
  }

  private void holds() {
    assertThat(Checker.check(history)).isEmpty();
  }

  private void breaks(Rule... rules) {
    assertThat(Checker.check(history)).extracting(Violation::rule).containsOnly(rules);
  }

  @Test
  void anOrderCarriedOutOnceInTimeAndToldSoIsGood() {
    submitted().accepted().acted().told(EXECUTED).found(DeliveryState.EXECUTED, EXECUTED).holds();
  }

  @Test
  void anOrderRefusedAndNotCarriedOutIsGood() {
    submitted().accepted().told(REFUSED).found(DeliveryState.REFUSED, REFUSED).holds();
  }

  @Test
  void anOrderThatNeverWentOutIsGood() {
    submitted().accepted().found(DeliveryState.EXPIRED).holds();
  }

  @Test
  void anOrderThatTheServiceNeverGotMayBeUnknown() {
    submitted()
        .add(new Fact.Unanswered(NOON, ID, "cut"))
        .add(new Fact.Missing(NOON, 1, ID))
        .add(new Fact.Missing(NOON, 2, ID))
        .holds();
  }

  @Test
  void anUnconfirmedDeliveryMayBeConfirmedLate() {
    submitted()
        .accepted()
        .acted()
        .found(1, DeliveryState.UNCONFIRMED)
        .found(2, DeliveryState.EXECUTED, EXECUTED)
        .holds();
  }

  @Test
  void anUncertainDeliveryMayHaveBeenCarriedOutOrNot() {
    submitted().accepted().told(UNCERTAIN).found(DeliveryState.UNCERTAIN, UNCERTAIN).holds();
    acted().holds();
  }

  @Test
  void whatIsReadBackAfterARestartNeedsNoActOfItsOwn() {
    Fact.Signed readBack = signed(DeliveryState.EXECUTED, "read back after a restart: off");
    submitted().accepted().told(readBack).found(DeliveryState.EXECUTED, readBack).holds();
  }

  @Test
  void aRestoredDeviceThatIsToldOfAndDoesNothingMoreIsGood() {
    submitted().accepted().acted().told(EXECUTED).found(DeliveryState.EXECUTED, EXECUTED);
    add(new Fact.Restored(NOON.plusSeconds(3), LOAD))
        .add(new Fact.Quarantined(NOON.plusSeconds(4), LOAD))
        .holds();
  }

  @Test
  void anAcceptedOrderThatIsUnknownLaterIsNotKept() {
    submitted()
        .accepted()
        .add(new Fact.Missing(NOON, 1, ID))
        .add(new Fact.Missing(NOON, 2, ID))
        .breaks(Rule.KEPT);
  }

  @Test
  void anAcceptedOrderThatIsUnknownAfterTheRestartIsNotKept() {
    submitted()
        .accepted()
        .found(1, DeliveryState.EXPIRED)
        .add(new Fact.Missing(NOON, 2, ID))
        .breaks(Rule.KEPT);
  }

  @Test
  void anAcceptedDeliveryThatIsLeftOutOfItsOrderIsNotKept() {
    submitted()
        .accepted()
        .found(DeliveryState.EXPIRED)
        .add(new Fact.Submitted(NOON, OTHER, Verb.SHED, Set.of(LOAD, ELSEWHERE), BY, BY))
        .add(new Fact.Accepted(NOON, OTHER));
    for (int reading : Checker.READINGS) {
      add(new Fact.Found(NOON, reading, OTHER, LOAD, DeliveryState.EXPIRED, "", List.of(), false));
    }
    breaks(Rule.KEPT);
  }

  @Test
  void aDeliveryThatIsStillHeldHasNotEnded() {
    submitted().accepted().found(DeliveryState.HELD).breaks(Rule.ENDED);
  }

  @Test
  void anEndThatIsAnotherAfterTheRestartIsNotSteady() {
    submitted()
        .accepted()
        .found(1, DeliveryState.EXPIRED)
        .found(2, DeliveryState.UNCONFIRMED)
        .breaks(Rule.STEADY);
  }

  @Test
  void anOrderCarriedOutTwiceIsNotOnce() {
    submitted().accepted().acted().acted(Duration.ofSeconds(2)).found(DeliveryState.UNCONFIRMED);
    breaks(Rule.ONCE);
  }

  @Test
  void anOrderCarriedOutAfterItsTimeIsStale() {
    submitted()
        .accepted()
        .acted(Duration.ofMillis(5100))
        .told(EXECUTED)
        .found(DeliveryState.EXECUTED, EXECUTED)
        .breaks(Rule.FRESH);
  }

  @Test
  void anActWithoutAnOrderWasNotOrdered() {
    acted().breaks(Rule.ORDERED);
  }

  @Test
  void anActOnADeviceThatWasNotAddressedWasNotOrdered() {
    submitted().accepted().found(DeliveryState.EXPIRED);
    add(acted(ID, ELSEWHERE, Verb.SHED, Duration.ofSeconds(1))).breaks(Rule.ORDERED);
  }

  @Test
  void anActOfAnotherVerbWasNotOrdered() {
    submitted().accepted().found(DeliveryState.UNCONFIRMED);
    add(acted(ID, LOAD, Verb.RESTORE, Duration.ofSeconds(1))).breaks(Rule.ORDERED);
  }

  @Test
  void anOrderThatTheServiceDeclinedMustNotBeCarriedOut() {
    submitted().add(new Fact.Declined(NOON, ID, Reason.STALE, "too late")).acted();
    breaks(Rule.ORDERED);
  }

  @Test
  void anOutcomeExecutedWithoutAnActIsNotTrue() {
    submitted().accepted().told(EXECUTED).found(DeliveryState.EXECUTED, EXECUTED).breaks(Rule.TRUE);
  }

  @Test
  void anOutcomeRefusedAfterAnActIsNotTrue() {
    submitted()
        .accepted()
        .acted()
        .told(REFUSED)
        .found(DeliveryState.REFUSED, REFUSED)
        .breaks(Rule.TRUE);
  }

  @Test
  void aDeliveryThatExpiredUnsentMustNotHaveBeenCarriedOut() {
    submitted().accepted().acted().found(DeliveryState.EXPIRED).breaks(Rule.TRUE);
  }

  @Test
  void twoOutcomesOfOneDeliveryDoNotAgree() {
    Fact.Signed again = signed(DeliveryState.EXECUTED, "off once more");
    submitted()
        .accepted()
        .acted()
        .told(EXECUTED)
        .told(again)
        .found(DeliveryState.EXECUTED, EXECUTED)
        .breaks(Rule.AGREED);
  }

  @Test
  void aJournaledEndOtherThanTheSignedOneDoesNotAgree() {
    submitted().accepted().told(REFUSED).found(DeliveryState.FAILED, REFUSED).breaks(Rule.AGREED);
  }

  @Test
  void aJournaledEndThatNobodySignedDoesNotAgree() {
    submitted().accepted().acted().found(DeliveryState.EXECUTED).breaks(Rule.AGREED);
  }

  @Test
  void anOutcomeThatTheOperatorHasAndTheJournalHasNotDoesNotAgree() {
    submitted()
        .accepted()
        .acted()
        .told(EXECUTED)
        .found(DeliveryState.UNCONFIRMED)
        .breaks(Rule.AGREED);
  }

  @Test
  void aRestoredDeviceThatActsIsNotQuarantined() {
    submitted().accepted().acted(Duration.ofSeconds(4)).told(EXECUTED);
    found(DeliveryState.EXECUTED, EXECUTED)
        .add(new Fact.Restored(NOON.plusSeconds(3), LOAD))
        .add(new Fact.Quarantined(NOON.plusSeconds(5), LOAD))
        .breaks(Rule.QUARANTINED);
  }

  @Test
  void aRestoredDeviceThatNobodyIsToldOfIsNotQuarantined() {
    add(new Fact.Restored(NOON, LOAD)).breaks(Rule.QUARANTINED);
  }

  @Test
  void aJournalThatFallsBehindByItselfIsNoticed() {
    add(new Fact.Quarantined(NOON, LOAD)).breaks(Rule.QUARANTINED);
  }
}
