// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Decision.Ask;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.branch.Decision.Share;
import energy.muster.ied.fixture.Mandated;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A branch rated 100 kW: relief begins at 95 kW and aims at 90 kW. */
class WardenTest {
  private static final Duration ON = Duration.ofSeconds(10);
  private static final Duration OFF = Duration.ofMinutes(5);
  private static final Contact FIXED = Neighbours.load("load-9", 60, Certainty.REAL, "tier-9");

  private final TestPki pki = new TestPki();
  private final SigningIdentity operator = pki.operator("op-1", "branch-60");
  private final Warden warden = new Warden(Reliefs.read(List.of()), Moves.read(List.of()));
  private final List<Contact> contacts = new ArrayList<>(List.of(FIXED));
  private Instant now = pki.now();

  private void mandate(int kilowatts, int floor, Verb... verbs) {
    warden.mandate(Mandated.to(operator, 1, kilowatts, floor, now, verbs));
  }

  private void there(Contact... more) {
    contacts.addAll(List.of(more));
  }

  private void becomes(Contact contact) {
    contacts.removeIf(old -> old.device().equals(contact.device()));
    contacts.add(contact);
  }

  private static Contact load(int number, int kilowatts, String... groups) {
    return Neighbours.load("load-" + number, kilowatts, Certainty.REAL, groups);
  }

  private Optional<Decision> look() {
    return warden.decide(
        Summing.of(new Area("branch-60"), Power.kilowatts(100), contacts, List.of()).orElseThrow(),
        contacts,
        new Rules(ON, OFF, List.of()),
        now);
  }

  private Optional<Decision> after(Duration time) {
    var unused = look();
    now = now.plus(time);
    return look();
  }

  private Give give() {
    return (Give) after(ON).orElseThrow();
  }

  private static List<String> asked(Give give) {
    return give.shares().stream()
        .map(share -> share.device().local() + share.most().map(power -> " " + power).orElse(""))
        .toList();
  }

  private void done(Give give) {
    warden.given(give);
    give.shares()
        .forEach(share -> warden.answered(give.verb(), share, new Result.Executed("done")));
    warden.ended(now);
    now = now.plusSeconds(3);
  }

  @Test
  void belowItsRatingNothingIsDone() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 34, "tier-1"));

    assertThat(after(ON)).isEmpty();
  }

  @Test
  void whatPassesIsNotActedUpon() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 40, "tier-1"));
    assertThat(after(ON.minusSeconds(1))).isEmpty();
    becomes(load(1, 30, "tier-1"));
    assertThat(after(Duration.ofSeconds(1))).isEmpty();
    becomes(load(1, 40, "tier-1"));

    assertThat(after(ON.minusSeconds(1))).isEmpty();
    assertThat(warden.due(new Rules(ON, OFF, List.of()), now)).contains(now.plusSeconds(1));
  }

  @Test
  void theFirstTierIsShedAndNoMoreThanItTakes() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 5, "tier-1"), load(2, 12, "tier-1"), load(3, 11, "tier-1"));
    there(load(4, 12, "tier-2"));

    Give give = give();
    assertThat(give.verb()).isEqualTo(Verb.SHED);
    assertThat(asked(give)).containsExactly("load-3 11 kW");
    assertThat(give.why()).isEqualTo("branch-60 carries 100 kW of 100 kW (100 %)");
  }

  @Test
  void theNextTierComesWhenTheFirstIsNotEnough() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 8, "tier-1"), load(2, 16, "tier-2"), load(3, 16, "tier-3"));

    assertThat(asked(give())).containsExactly("load-1 8 kW", "load-2 16 kW");
  }

  @Test
  void theMeansAreTriedInTheOrderOfTheMandate() {
    there(load(1, 40, "tier-1"), Neighbours.generator("gen-2", 0, Certainty.REAL));
    mandate(300, 0, Verb.START, Verb.SHED);
    assertThat(asked(give())).containsExactly("gen-2 250 kW");

    mandate(300, 0, Verb.SHED, Verb.START);
    assertThat(asked(give())).containsExactly("load-1 40 kW");
  }

  @Test
  void whatIsMovedStaysWithinTheMandate() {
    mandate(30, 0, Verb.START, Verb.SHED);
    there(load(1, 20, "tier-1"), load(2, 20, "tier-2"));
    there(Neighbours.generator("gen-2", 0, Certainty.REAL));
    Give first = give();
    assertThat(asked(first)).containsExactly("load-1 20 kW");
    done(first);
    becomes(load(1, 0, "tier-1"));
    there(load(5, 40));

    assertThat(look().orElseThrow()).isInstanceOf(Ask.class);
  }

  @Test
  void theFloorStaysOn() {
    mandate(50, 70, Verb.SHED);
    there(load(1, 31, "tier-1"), load(2, 9, "tier-2"));

    assertThat(asked(give())).containsExactly("load-2 9 kW");
  }

  @Test
  void aSilentLoadIsCarriedButNotAskedAndKeepsNoFloor() {
    mandate(50, 60, Verb.SHED);
    there(Neighbours.load("load-1", 30, Certainty.TEMPORARY, "tier-1"), load(2, 10, "tier-2"));

    assertThat(asked(give())).containsExactly("load-2 10 kW");
  }

  @Test
  void aCriticalLoadIsNeverAsked() {
    mandate(100, 0, Verb.SHED);
    contacts.clear();
    there(load(1, 100, "critical-loads"));

    assertThat(after(ON).orElseThrow()).isInstanceOf(Ask.class);
  }

  @Test
  void whoRefusedIsNotAskedAgainUntilTheBranchWasWellBelow() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 20, "tier-1"), load(2, 20, "tier-2"));
    Give first = give();
    warden.given(first);
    warden.answered(
        Verb.SHED,
        first.shares().get(0),
        new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "melting")));
    assertThat(after(ON)).isEmpty();
    warden.ended(now);
    now = now.plusSeconds(3);
    assertThat(asked((Give) look().orElseThrow())).containsExactly("load-2 20 kW");

    becomes(load(2, 0, "tier-2"));
    assertThat(after(ON)).isEmpty();
    becomes(load(2, 20, "tier-2"));
    assertThat(asked(give())).containsExactly("load-1 20 kW");
  }

  @Test
  void aGeneratorThatStartsCountsBeforeItFeeds() {
    mandate(300, 0, Verb.START, Verb.SHED);
    there(load(1, 40, "tier-1"), Neighbours.generator("gen-2", 0, Certainty.REAL));
    done(give());
    becomes(Neighbours.starting("gen-2"));
    assertThat(after(ON)).isEmpty();

    becomes(Neighbours.generator("gen-2", 0, Certainty.REAL));
    assertThat(asked(give())).containsExactly("load-1 40 kW");
  }

  @Test
  void withoutAMandateItAsksAndAsksOnce() {
    there(load(1, 40, "tier-1"));

    assertThat(after(ON)).get().isInstanceOf(Ask.class);
    assertThat(look()).isEmpty();
  }

  @Test
  void whenTheMandateIsOverItAsksAPerson() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 40, "tier-1"));
    now = now.plus(Duration.ofHours(1));

    Decision ask = after(ON).orElseThrow();
    assertThat(ask).isInstanceOf(Ask.class);
    assertThat(ask.why()).contains("should carry 10 kW less").contains(" of op-1 ended at ");
  }

  @Test
  void oneThatWasTakenBackLetsItDoNothing() {
    mandate(50, 0, Verb.SHED);
    mandate(0, 0);
    there(load(1, 40, "tier-1"));

    assertThat(after(ON)).get().isInstanceOf(Ask.class);
  }

  @Test
  void aNewMandateIsActedUponAtOnce() {
    there(load(1, 40, "tier-1"));
    assertThat(after(ON)).get().isInstanceOf(Ask.class);
    mandate(50, 0, Verb.SHED);

    assertThat(look()).get().isInstanceOf(Give.class);
  }

  @Test
  void whatItDidIsUndoneTheLastFirstWhenThereIsRoom() {
    mandate(50, 0, Verb.SHED, Verb.RESTORE);
    there(load(1, 16, "tier-1"), load(2, 4, "tier-2"), load(3, 20));
    contacts.remove(FIXED);
    there(load(9, 60));
    Give first = give();
    assertThat(asked(first)).containsExactly("load-1 16 kW");
    done(first);
    becomes(load(1, 0, "tier-1"));
    there(load(4, 12));
    Give second = give();
    assertThat(asked(second)).containsExactly("load-2 4 kW", "load-4 12 kW");
    done(second);
    becomes(load(2, 0, "tier-2"));
    becomes(load(4, 0));
    becomes(load(9, 10));

    Give undone = (Give) after(OFF).orElseThrow();
    assertThat(undone.verb()).isEqualTo(Verb.RESTORE);
    assertThat(asked(undone)).containsExactly("load-4");
    done(undone);
    becomes(load(4, 12));
    assertThat(asked((Give) after(OFF).orElseThrow())).containsExactly("load-2");
  }

  @Test
  void nothingIsUndoneThatWouldBringTheBranchNearAgain() {
    mandate(50, 0, Verb.SHED, Verb.RESTORE);
    there(load(1, 40, "tier-1"));
    done(give());
    becomes(load(1, 0, "tier-1"));

    assertThat(after(OFF)).isEmpty();
    becomes(load(9, 50));
    assertThat(after(OFF)).isPresent();
  }

  @Test
  void whatAPersonHasUndoneIsNotUndoneAgain() {
    mandate(50, 0, Verb.SHED, Verb.RESTORE);
    there(load(1, 40, "tier-1"));
    done(give());
    becomes(load(1, 0, "tier-1"));
    assertThat(look()).isEmpty();
    becomes(load(9, 20));
    becomes(load(1, 40, "tier-1"));

    assertThat(after(OFF)).isEmpty();
  }

  @Test
  void withoutTheVerbForItNothingIsUndone() {
    mandate(50, 0, Verb.SHED);
    there(load(1, 40, "tier-1"));
    done(give());
    becomes(load(1, 0, "tier-1"));
    becomes(load(9, 10));

    assertThat(after(OFF)).isEmpty();
  }

  @Test
  void whoDidNotAnswerMayHaveDoneIt() {
    Mandate mandate = Mandated.to(operator, 1, 30, 0, now, Verb.SHED);
    warden.mandate(mandate);
    there(load(1, 20, "tier-1"), load(2, 20, "tier-2"));
    Give first = give();
    warden.given(first);
    warden.silent(
        Verb.SHED, new Share(first.shares().get(0).device(), Optional.of(Power.kilowatts(20))));
    warden.ended(now);
    becomes(Neighbours.load("load-1", 20, Certainty.TEMPORARY, "tier-1"));
    now = now.plusSeconds(3);

    assertThat(look().orElseThrow()).isInstanceOf(Ask.class);
  }
}
