// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.branch.BranchReport;
import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class MandateTest extends BranchAndItsMaster {
  @Test
  void aMandateIsBroughtToItsMasterIedAndToldToItsPeople() {
    Payload answer = world.set(person, give(mandate(1, Verb.SHED)));

    assertThat(answer.requireJson().get("state").asText()).isEqualTo("given");
    assertThat(brought(master)).hasSize(1);
    assertThat(world.notices(person)).containsExactly("mandate");
    assertThat(world.notices(elsewhere)).isEmpty();
  }

  @Test
  void oneThatIsAwayGetsItWhenItComesAlsoAfterARestart() {
    world.cut(master);
    Payload answer = world.set(person, give(mandate(1, Verb.SHED)));
    assertThat(answer.requireJson().get("state").asText()).isEqualTo("kept");
    world.killAndRestart();
    master = world.prove(branch, "m2");

    assertThat(brought(master)).hasSize(1);
  }

  @Test
  void oneThatIsOverIsNotBroughtAnyMore() {
    world.set(person, give(mandate(1, Verb.SHED)));
    world.pass(Duration.ofHours(1));
    world.cut(master);
    master = world.prove(branch, "m2");

    assertThat(brought(master)).isEmpty();
  }

  @Test
  void aLaterRevisionReplacesItAndAnEarlierDoesNotAlsoAfterARestart() {
    Mandate first = mandate(1, Verb.SHED);
    world.set(person, give(first));
    world.set(person, give(mandate(2, Verb.SHED)));
    world.killAndRestart();
    FullJid again = world.prove(operator, "c2");

    assertThat(world.refusal(again, give(first))).isEqualTo(Reason.SUPERSEDED);
  }

  private CompletableFuture<Payload> gives(Mandate mandate) {
    return world.service().request(person, true, give(mandate)).toCompletableFuture();
  }

  @Test
  void oneThatIsNotWrittenDownIsNotAnsweredAndNotBroughtHoweverOftenItIsSent() {
    world.journal.hold();
    Mandate withdrawal = mandate(1);
    CompletableFuture<Payload> first = gives(withdrawal);
    CompletableFuture<Payload> again = gives(withdrawal);
    assertThat(first).isNotDone();
    assertThat(again).isNotDone();
    assertThat(brought(master)).isEmpty();

    world.journal.sync();

    assertThat(first.join().requireJson().get("state").asText()).isEqualTo("given");
    assertThat(again.join().requireJson().get("state").asText()).isEqualTo("given");
    assertThat(brought(master)).hasSize(1);
    assertThat(world.journal.entries(Entry.MandateGiven.class)).hasSize(1);
  }

  @Test
  void anEarlierRevisionIsRefusedAlsoWhileTheLaterIsWritten() {
    world.journal.hold();
    CompletableFuture<Payload> later = gives(mandate(2));

    assertThat(world.refusal(person, give(mandate(1, Verb.SHED)))).isEqualTo(Reason.SUPERSEDED);
    world.journal.sync();
    assertThat(later).isCompleted();
  }

  @Test
  void whatTheDiskDidNotTakeIsNotKeptAndTakenWhenItIsSentAgain() {
    world.set(person, give(mandate(1, Verb.SHED)));
    Mandate withdrawal = mandate(2);
    world.journal.breakDown(true);
    CompletableFuture<Payload> failed = gives(withdrawal);
    CompletableFuture<Payload> failedAgain = gives(withdrawal);
    assertThat(failed).isCompletedExceptionally();
    assertThat(failedAgain).isCompletedExceptionally();
    assertThat(brought(master)).hasSize(1);

    world.journal.breakDown(false);
    assertThat(gives(withdrawal)).isCompleted();
    world.killAndRestart();

    FullJid back = world.prove(operator, "c2");
    assertThat(world.refusal(back, give(mandate(2, Verb.SHED)))).isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void whoMayNotOrderTheMasterIedGivesItNone() {
    SigningIdentity viewer = world.pki.viewer("op-3", "branch-60");
    FullJid looking = world.prove(viewer, "c1");
    Mandate own =
        new Mandate(
            world.header(DocumentType.MANDATE, World.jid("op-3")),
            World.jid("branch-60"),
            BRANCH,
            1,
            List.of(Verb.SHED),
            Power.kilowatts(60),
            Power.ZERO,
            world.clock.in(Duration.ofHours(1)));

    assertThat(world.refusal(looking, payload(Sealer.seal(own.write(), viewer))))
        .isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(elsewhere, give(mandate(1, Verb.SHED))))
        .isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(brought(master)).isEmpty();
  }

  @Test
  void whoIsNoMasterIedGetsNone() {
    Mandate wrong =
        new Mandate(
            world.header(DocumentType.MANDATE, World.jid("op-1")),
            World.jid("load-62c"),
            BRANCH,
            1,
            List.of(Verb.SHED),
            Power.kilowatts(60),
            Power.ZERO,
            world.clock.in(Duration.ofHours(1)));

    assertThat(world.refusal(person, give(wrong))).isEqualTo(Reason.INVALID_ARGUMENT);
  }

  private Payload report(SigningIdentity signer, Area area) {
    BranchReport report =
        new BranchReport(
            world.header(DocumentType.BRANCH_REPORT, signer.certified().jid()),
            area,
            BranchReport.Kind.ORDERS,
            Optional.of(DocumentId.next(world.clock.instant())),
            "shed load-62c");
    return Payload.of(Wire.BRANCH_REPORT, Sealer.seal(report.write(), signer));
  }

  @Test
  void whatItReportsIsToldToItsPeopleAlone() {
    world.set(master, report(branch, BRANCH));

    assertThat(world.notices(person)).containsExactly("branch-orders");
    assertThat(world.notices(elsewhere)).isEmpty();
  }

  @Test
  void nobodyReportsForAnotherOrOfAnotherBranch() {
    assertThat(world.refusal(device, report(load, BRANCH))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(device, report(branch, BRANCH))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(master, report(branch, new Area("branch-18"))))
        .isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(world.refusal(person, report(operator, BRANCH))).isEqualTo(Reason.NOT_AUTHORISED);
  }
}
