// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.outcome.Result;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds a breaker, and how it is let go. */
final class SelectionTest {
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final TestSite site = new TestSite("sw3");
  private final SigningIdentity other = site.pki().operator("op-2", "*");
  @TempDir Path folder;
  private SqliteJournal journal;

  @BeforeEach
  void start() {
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    site.start(new DriverSettings.Breaker(Position.CLOSED, false), journal, workers).link().prove();
  }

  @AfterEach
  void close() {
    journal.close();
    workers.shutdownNow();
  }

  private DocumentId select(SigningIdentity by) {
    Orders order = order(by, new Instruction.Select(Verb.OPEN));
    assertThat(result(order)).isInstanceOf(Result.Executed.class);
    return order.id();
  }

  private Orders order(SigningIdentity by, Instruction instruction) {
    return Orders.order(by, site.jid(), instruction, site.time().instant());
  }

  private Result result(Orders order) {
    site.link().deliver(order.delivery()).join();
    await().until(() -> !site.outcomes(order.id()).isEmpty());
    return site.outcomes(order.id()).get(0).result();
  }

  private void assertDeclined(Orders order, Reason reason) {
    assertThat(result(order))
        .isInstanceOfSatisfying(
            Result.Declined.class,
            declined -> assertThat(declined.refusal().reason()).isEqualTo(reason));
  }

  @Test
  void aCancelledSelectionIsFreeForAnotherAndSaidSoUnderSeal() {
    DocumentId selection = select(site.operator());

    assertThat(result(order(site.operator(), new Instruction.Cancel(selection))))
        .isEqualTo(new Result.Executed("no longer selected"));

    select(other);
  }

  @Test
  void aCancelledSelectionServesItsOwnerNoLonger() {
    DocumentId selection = select(site.operator());
    result(order(site.operator(), new Instruction.Cancel(selection)));
    assertDeclined(order(site.operator(), Instruction.plain(Verb.OPEN)), Reason.NOT_SELECTED);
  }

  @Test
  void nobodyEndsTheSelectionOfAnother() {
    DocumentId selection = select(site.operator());
    assertDeclined(order(other, new Instruction.Cancel(selection)), Reason.UNKNOWN);
    assertDeclined(order(other, new Instruction.Select(Verb.OPEN)), Reason.BUSY);
  }

  @Test
  void aCancelOfAnEarlierSelectionLeavesTheLaterOne() {
    DocumentId earlier = select(site.operator());
    select(site.operator());
    assertDeclined(order(site.operator(), new Instruction.Cancel(earlier)), Reason.TOO_LATE);
    assertThat(result(order(site.operator(), Instruction.plain(Verb.OPEN))))
        .isEqualTo(new Result.Executed("open"));
  }

  @Test
  void aSelectionThatWasUsedCannotBeCancelled() {
    DocumentId selection = select(site.operator());
    result(order(site.operator(), Instruction.plain(Verb.OPEN)));
    assertDeclined(order(site.operator(), new Instruction.Cancel(selection)), Reason.TOO_LATE);
  }
}
