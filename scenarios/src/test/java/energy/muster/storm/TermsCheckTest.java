// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Operating;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an order says beside its verb: kept in good histories, and broken in one way at a time. */
class TermsCheckTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant BY = NOON.plusSeconds(10);
  private static final Instant END = NOON.plusSeconds(60);
  private static final DocumentId ID = DocumentId.next(NOON);
  private static final DocumentId LATER = DocumentId.next(NOON.plusSeconds(1));
  private static final String LOAD = "load-1";
  private static final Fact.Signed EXECUTED =
      new Fact.Signed("digest of executed", DeliveryState.EXECUTED, "off");
  private static final Fact.Signed REFUSED =
      new Fact.Signed("digest of refused", DeliveryState.REFUSED, "cancelled");
  private static final Fact.Signed READ_BACK =
      new Fact.Signed("digest of read", DeliveryState.EXECUTED, "read back after a restart: off");

  private final List<Fact> history = new ArrayList<>();

  private TermsCheckTest add(Fact fact) {
    history.add(fact);
    return this;
  }

  private TermsCheckTest order(DocumentId id, Verb verb, Fact.Terms terms) {
    return add(new Fact.Submitted(NOON, id, verb, Set.of(LOAD), BY, BY, terms))
        .add(new Fact.Accepted(NOON, id));
  }

  private static Fact.Terms terms(Optional<Instant> executeAt, Optional<Instant> until) {
    return new Fact.Terms(executeAt, until, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Fact.Terms until(int seconds) {
    return terms(Optional.empty(), Optional.of(NOON.plusSeconds(seconds)));
  }

  private static Fact.Terms when(Operating state) {
    return new Fact.Terms(
        Optional.empty(), Optional.empty(), Optional.of(state), Optional.empty(), Optional.empty());
  }

  private static Fact.Terms cancels(DocumentId id) {
    return new Fact.Terms(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(id), Optional.empty());
  }

  private static Fact.Terms replaces(DocumentId id) {
    return new Fact.Terms(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(id));
  }

  private TermsCheckTest acted(DocumentId id, Verb verb, int second) {
    return add(new Fact.Acted(NOON.plusSeconds(second), LOAD, id, verb, Optional.of(Operating.ON)));
  }

  private TermsCheckTest undone(Verb verb, int second) {
    return add(new Fact.Undone(NOON.plusSeconds(second), LOAD, verb));
  }

  private TermsCheckTest found(DocumentId id, DeliveryState state, Fact.Signed... outcomes) {
    return found(id, state, false, outcomes);
  }

  private TermsCheckTest found(
      DocumentId id, DeliveryState state, boolean givenUp, Fact.Signed... outcomes) {
    for (int reading : Checker.READINGS) {
      add(new Fact.Found(END, reading, id, LOAD, state, "", List.of(outcomes), givenUp));
    }
    return this;
  }

  private TermsCheckTest executed(DocumentId id) {
    return found(id, DeliveryState.EXECUTED, EXECUTED);
  }

  private void holds() {
    assertThat(Checker.check(history)).isEmpty();
  }

  private void breaks(Rule rule) {
    assertThat(Checker.check(history)).extracting(Violation::rule).containsOnly(rule);
  }

  @Test
  void anOrderWithATimeIsBegunThenAndNotBefore() {
    Fact.Terms at5 = terms(Optional.of(NOON.plusSeconds(5)), Optional.empty());
    order(ID, Verb.SHED, at5).acted(ID, Verb.SHED, 5).executed(ID).holds();
    history.clear();
    order(ID, Verb.SHED, at5).acted(ID, Verb.SHED, 4).executed(ID).breaks(Rule.FRESH);
  }

  @Test
  void anOrderWithAConditionIsCarriedOutOnlyWhileItIsSo() {
    order(ID, Verb.SHED, when(Operating.ON)).acted(ID, Verb.SHED, 1).executed(ID).holds();
    history.clear();
    order(ID, Verb.SHED, when(Operating.OFF)).acted(ID, Verb.SHED, 1).executed(ID);
    breaks(Rule.MET);
  }

  @Test
  void whatIsUndoneWhenItsTimeIsOverIsGood() {
    order(ID, Verb.SHED, until(5)).acted(ID, Verb.SHED, 1).undone(Verb.SHED, 5).executed(ID);
    holds();
  }

  @Test
  void whatIsUndoneBeforeItsTimeIsNotGood() {
    order(ID, Verb.SHED, until(5)).acted(ID, Verb.SHED, 1).undone(Verb.SHED, 4).executed(ID);
    breaks(Rule.UNDONE);
  }

  @Test
  void whatIsNeverUndoneIsNoticed() {
    order(ID, Verb.SHED, until(5)).acted(ID, Verb.SHED, 1).executed(ID).breaks(Rule.UNDONE);
  }

  @Test
  void whatIsUndoneThoughNoOrderSaidSoIsNoticed() {
    order(ID, Verb.SHED, Fact.Terms.NONE).acted(ID, Verb.SHED, 1).undone(Verb.SHED, 5).executed(ID);
    breaks(Rule.UNDONE);
  }

  @Test
  void anOrderThatCameSinceIsNotUndone() {
    order(ID, Verb.SHED, until(5)).acted(ID, Verb.SHED, 1).executed(ID);
    order(LATER, Verb.SHED, Fact.Terms.NONE).acted(LATER, Verb.SHED, 2).executed(LATER);
    holds();
    undone(Verb.SHED, 5).breaks(Rule.UNDONE);
  }

  @Test
  void whatWasReadBackAsDoneIsUndoneWithoutARecordOfItsBeginning() {
    order(ID, Verb.SHED, until(5)).found(ID, DeliveryState.EXECUTED, READ_BACK);
    undone(Verb.SHED, 6).holds();
    undone(Verb.SHED, 4).breaks(Rule.UNDONE);
  }

  @Test
  void anOrderTakenBackBeforeItWasCarriedOutIsGood() {
    order(ID, Verb.SHED, Fact.Terms.NONE).found(ID, DeliveryState.REFUSED, REFUSED);
    order(LATER, Verb.CANCEL, cancels(ID)).executed(LATER).holds();
  }

  @Test
  void anOrderTakenBackAndCarriedOutIsNoticed() {
    order(ID, Verb.SHED, Fact.Terms.NONE).acted(ID, Verb.SHED, 2).executed(ID);
    order(LATER, Verb.CANCEL, cancels(ID)).executed(LATER).breaks(Rule.TAKEN_BACK);
  }

  @Test
  void aCancelThatCameTooLateSaysSo() {
    order(ID, Verb.SHED, Fact.Terms.NONE).acted(ID, Verb.SHED, 2).executed(ID);
    order(LATER, Verb.CANCEL, cancels(ID)).found(LATER, DeliveryState.REFUSED, REFUSED).holds();
  }

  @Test
  void whatTheServiceEndedForACancelMustNotBeCarriedOut() {
    order(ID, Verb.SHED, Fact.Terms.NONE).found(ID, DeliveryState.CANCELLED);
    order(LATER, Verb.CANCEL, cancels(ID)).found(LATER, DeliveryState.CANCELLED).holds();
    acted(ID, Verb.SHED, 2).breaks(Rule.TRUE);
  }

  @Test
  void anOrderMayBeCarriedOutBeforeTheOneThatReplacesIt() {
    order(ID, Verb.SHED, Fact.Terms.NONE).acted(ID, Verb.SHED, 2).executed(ID);
    order(LATER, Verb.SHED, replaces(ID)).acted(LATER, Verb.SHED, 3).executed(LATER).holds();
  }

  @Test
  void anOrderCarriedOutAfterTheOneThatReplacedItIsNoticed() {
    order(ID, Verb.SHED, Fact.Terms.NONE).acted(ID, Verb.SHED, 4).executed(ID);
    order(LATER, Verb.SHED, replaces(ID)).acted(LATER, Verb.SHED, 3).executed(LATER);
    breaks(Rule.REPLACED);
  }

  @Test
  void whatTheServiceEndedForAReplacementMustNotBeCarriedOut() {
    order(ID, Verb.SHED, Fact.Terms.NONE).found(ID, DeliveryState.SUPERSEDED).holds();
    acted(ID, Verb.SHED, 2).breaks(Rule.TRUE);
  }

  private TermsCheckTest givenUp() {
    return order(ID, Verb.SHED, Fact.Terms.NONE)
        .add(new Fact.GivenUp(NOON.plusSeconds(20), ID, LOAD));
  }

  private TermsCheckTest toldLate() {
    return add(new Fact.Told(NOON.plusSeconds(30), ID, LOAD, EXECUTED));
  }

  @Test
  void whatWasGivenUpIsUncertainWithOrWithoutLaterEvidence() {
    givenUp().found(ID, DeliveryState.UNCERTAIN, true).holds();
    history.clear();
    givenUp().acted(ID, Verb.SHED, 2).toldLate();
    found(ID, DeliveryState.UNCERTAIN, true, EXECUTED).holds();
  }

  @Test
  void evidenceThatTakesThePlaceOfAPersonsWordIsNoticed() {
    givenUp().acted(ID, Verb.SHED, 2).executed(ID).breaks(Rule.GIVEN_UP);
  }

  @Test
  void aPersonsWordThatIsLostIsNoticed() {
    givenUp().found(ID, DeliveryState.UNCONFIRMED).breaks(Rule.GIVEN_UP);
  }

  @Test
  void laterEvidenceThatIsLostIsNoticed() {
    givenUp().acted(ID, Verb.SHED, 2).toldLate().found(ID, DeliveryState.UNCERTAIN, true);
    breaks(Rule.GIVEN_UP);
  }

  @Test
  void laterEvidenceMustBeTrueAsWell() {
    givenUp().toldLate().found(ID, DeliveryState.UNCERTAIN, true, EXECUTED).breaks(Rule.TRUE);
  }

  @Test
  void theTimeToUndoIsGiven() {
    int until = (int) Duration.between(NOON, END).minus(TermsCheck.UNDONE_WITHIN).toSeconds();
    order(ID, Verb.SHED, until(until)).acted(ID, Verb.SHED, 1).executed(ID).holds();
  }
}
