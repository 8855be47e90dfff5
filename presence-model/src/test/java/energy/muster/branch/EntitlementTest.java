// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a master IED may do under a mandate, and everything that it may not. */
class EntitlementTest {
  private static final Area BRANCH = new Area("branch-60");

  private final TestPki pki = new TestPki();
  private final SigningIdentity master =
      pki.issue(
          Subject.device(TestPki.jid("branch-60"), List.of(BRANCH))
              .with(Role.BRANCH_CONTROLLER, BRANCH));
  private final SigningIdentity operator = pki.operator("op-1", "branch-60");
  private final Certified load = pki.device("load-62c", "branch-60").certified();
  private final MandateBook book = new MandateBook();
  private final Instant issued = pki.now();
  private Instant now = issued.plusSeconds(60);
  private Optional<Instant> until = Optional.of(issued.plus(Duration.ofHours(1)));

  private Mandate mandate() {
    return mandate(3, List.of(Verb.SHED, Verb.RESTORE), BRANCH);
  }

  private Mandate mandate(long revision, List<Verb> verbs, Area area) {
    return new Mandate(
        header(DocumentType.MANDATE, operator, TestPki.SITE),
        TestPki.jid("branch-60"),
        area,
        revision,
        verbs,
        Power.kilowatts(100),
        Power.ZERO,
        issued.plus(Duration.ofHours(1)));
  }

  private Header header(DocumentType type, SigningIdentity issuer, String site) {
    return new Header(type, site, DocumentId.next(issued), issuer.certified().jid(), issued);
  }

  private Sealed sealed(Mandate mandate) {
    return Sealer.seal(mandate.write(), issued, operator);
  }

  private Optional<Reason> order(Verb verb, int kilowatts, Optional<Sealed> mandate) {
    return order(master, verb, load, Optional.of(Power.kilowatts(kilowatts)), mandate);
  }

  private Optional<Reason> shed(Sealed mandate) {
    return order(Verb.SHED, 40, Optional.of(mandate));
  }

  private Optional<Reason> order(
      SigningIdentity signer,
      Verb verb,
      Certified device,
      Optional<Power> max,
      Optional<Sealed> mandate) {
    Leaf leaf = Leaf.salted(device.jid(), 0, max);
    return entitlement(signer, verb, List.of(leaf), mandate)
        .refuse(signer.certified(), leaf, device)
        .map(Refusal::reason);
  }

  private Entitlement entitlement(
      SigningIdentity signer, Verb verb, List<Leaf> leaves, Optional<Sealed> mandate) {
    return entitlement(signer, Instruction.plain(verb), leaves, mandate);
  }

  private Entitlement entitlement(
      SigningIdentity signer, Instruction what, List<Leaf> leaves, Optional<Sealed> mandate) {
    CommandDraft draft =
        new CommandDraft(
            header(DocumentType.COMMAND, signer, TestPki.SITE),
            what,
            TargetTree.of(leaves).targets(),
            issued.plus(Duration.ofHours(2)));
    until.ifPresent(draft::until);
    mandate.ifPresent(draft::under);
    return new Entitlement(
        Command.read(draft.command().write()), pki.trust(), TestPki.SITE, book, now);
  }

  @Test
  void underItsMandateAMasterIedSheds() {
    assertThat(shed(sealed(mandate()))).isEmpty();
  }

  @Test
  void withoutOneItMayNot() {
    assertThat(order(Verb.SHED, 40, Optional.empty())).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aLookTakesNoMandate() {
    assertThat(order(master, Verb.READ, load, Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aPersonNeedsNone() {
    assertThat(order(operator, Verb.SHED, load, Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aSwitchIsSelectedForWhatTheMandateIsFor() {
    Certified tie = pki.device("sw7", "branch-60").certified();
    Leaf leaf = Leaf.salted(tie.jid(), 0, Optional.empty());
    Optional<Sealed> closes = Optional.of(sealed(mandate(3, List.of(Verb.CLOSE), BRANCH)));
    until = Optional.empty();

    assertThat(select(Verb.CLOSE, leaf, closes).refuse(master.certified(), leaf, tie)).isEmpty();
    assertThat(select(Verb.OPEN, leaf, closes).refuse(master.certified(), leaf, tie))
        .map(Refusal::reason)
        .contains(Reason.NOT_AUTHORISED);
    assertThat(select(Verb.CLOSE, leaf, Optional.empty()).refuse(master.certified(), leaf, tie))
        .map(Refusal::reason)
        .contains(Reason.NOT_AUTHORISED);
  }

  private Entitlement select(Verb operate, Leaf leaf, Optional<Sealed> mandate) {
    return entitlement(master, new Instruction.Select(operate), List.of(leaf), mandate);
  }

  @Test
  void oneThatIsOverIsStale() {
    Sealed mandate = sealed(mandate());
    now = issued.plus(Duration.ofHours(1));

    assertThat(shed(mandate)).contains(Reason.STALE);
  }

  @Test
  void anEarlierRevisionThatIsPlayedBackIsSuperseded() {
    assertThat(shed(sealed(mandate()))).isEmpty();
    Mandate earlier = mandate(2, List.of(Verb.SHED), BRANCH);

    assertThat(shed(sealed(earlier))).contains(Reason.SUPERSEDED);
  }

  @Test
  void whatIsNotBelievedReplacesNothing() {
    Mandate later = mandate(9, List.of(Verb.RESTORE), BRANCH);
    assertThat(shed(sealed(later))).contains(Reason.NOT_AUTHORISED);

    assertThat(shed(sealed(mandate()))).isEmpty();
  }

  @Test
  void anotherVerbIsNotAuthorised() {
    assertThat(order(Verb.START, 40, Optional.of(sealed(mandate()))))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void moreThanItIsForIsOutOfEnvelope() {
    assertThat(order(Verb.SHED, 101, Optional.of(sealed(mandate()))))
        .contains(Reason.OUT_OF_ENVELOPE);
    assertThat(order(master, Verb.SHED, load, Optional.empty(), Optional.of(sealed(mandate()))))
        .contains(Reason.OUT_OF_ENVELOPE);
  }

  @Test
  void whatItMovesEndsWithIt() {
    until = Optional.of(issued.plus(Duration.ofHours(1)).plusMillis(1));
    assertThat(shed(sealed(mandate()))).contains(Reason.OUT_OF_ENVELOPE);

    until = Optional.empty();
    assertThat(shed(sealed(mandate()))).contains(Reason.OUT_OF_ENVELOPE);
  }

  @Test
  void allLeavesTogetherAreNoMoreThanItIsForEither() {
    Leaf one = Leaf.salted(load.jid(), 0, Optional.of(Power.kilowatts(60)));
    Leaf other = Leaf.salted(TestPki.jid("load-64a"), 1, Optional.of(Power.kilowatts(60)));
    Entitlement both =
        entitlement(master, Verb.SHED, List.of(one, other), Optional.of(sealed(mandate())));

    assertThat(both.refuse(master.certified(), one, load)).isEmpty();
    assertThat(both.refuseTogether(List.of(one, other)).map(Refusal::reason))
        .contains(Reason.OUT_OF_ENVELOPE);
    assertThat(both.refuseTogether(List.of(one))).isEmpty();
  }

  @Test
  void aDeviceOutsideItsAreaIsNotAuthorised() {
    Sealed elsewhere = sealed(mandate(3, List.of(Verb.SHED), new Area("branch-18")));

    assertThat(shed(elsewhere)).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aCriticalLoadIsNeverShedUnderOne() {
    Certified critical = pki.device("load-48", "branch-60", "critical-loads").certified();

    assertThat(
            order(
                master,
                Verb.SHED,
                critical,
                Optional.of(Power.kilowatts(1)),
                Optional.of(sealed(mandate()))))
        .contains(Reason.CRITICAL_PROCESS);
  }

  @Test
  void oneForAnotherMasterIsNotItsOwn() {
    SigningIdentity other =
        pki.issue(
            Subject.device(TestPki.jid("branch-18"), List.of(BRANCH))
                .with(Role.BRANCH_CONTROLLER, BRANCH));

    assertThat(
            order(
                other,
                Verb.SHED,
                load,
                Optional.of(Power.kilowatts(40)),
                Optional.of(sealed(mandate()))))
        .contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aForgedOneIsABadSignature() {
    Sealed forged = Sealer.seal(mandate().write(), issued, pki.operator("op-2", "branch-60"));

    assertThat(shed(forged)).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void oneByAStrangersAuthorityIsUntrusted() {
    Sealed strange =
        Sealer.seal(mandate().write(), issued, new TestPki().operator("op-1", "branch-60"));

    assertThat(shed(strange)).contains(Reason.UNTRUSTED);
  }

  @Test
  void oneOfARevokedPersonIsRevoked() {
    Sealed mandate = sealed(mandate());
    pki.revoke(operator);

    assertThat(shed(mandate)).contains(Reason.REVOKED);
  }

  @Test
  void itGivesNoMoreThanItsGiverMayOrder() {
    SigningIdentity viewer = pki.viewer("op-1", "branch-60");
    SigningIdentity far = pki.operator("op-1", "branch-18");

    assertThat(shed(Sealer.seal(mandate().write(), issued, viewer)))
        .contains(Reason.NOT_AUTHORISED);
    assertThat(shed(Sealer.seal(mandate().write(), issued, far))).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aMasterIedGivesItselfNone() {
    Mandate own =
        new Mandate(
            header(DocumentType.MANDATE, master, TestPki.SITE),
            TestPki.jid("branch-60"),
            BRANCH,
            1,
            List.of(Verb.SHED),
            Power.kilowatts(100),
            Power.ZERO,
            issued.plus(Duration.ofHours(1)));

    assertThat(shed(Sealer.seal(own.write(), issued, master))).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void oneOfAnotherSiteIsForAnotherSite() {
    Mandate other =
        new Mandate(
            header(DocumentType.MANDATE, operator, "elsewhere"),
            TestPki.jid("branch-60"),
            BRANCH,
            1,
            List.of(Verb.SHED),
            Power.kilowatts(100),
            Power.ZERO,
            issued.plus(Duration.ofHours(1)));

    assertThat(shed(sealed(other))).contains(Reason.WRONG_TARGET);
  }

  @Test
  void theBookIsReadBackAsItWasWritten() {
    book.note(mandate());

    MandateBook read = MandateBook.read(Fields.of(book.write()));
    assertThat(read.newest(TestPki.jid("branch-60"))).hasValue(3);
    assertThat(read.newest(TestPki.jid("branch-18"))).isEmpty();
  }
}
