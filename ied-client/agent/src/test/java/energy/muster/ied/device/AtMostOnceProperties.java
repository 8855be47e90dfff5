// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.MortalJournal;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.outcome.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is delivered twice and whenever the device dies: nothing is carried out twice. */
class AtMostOnceProperties {
  private static final int ORDERS = 3;

  /**
   * A step below {@link #ORDERS} delivers that order; any other kills the device after so many more
   * journal entries and starts it again.
   */
  @Property(tries = 60)
  void anOrderIsCarriedOutAtMostOnce(
      @ForAll @Size(min = 1, max = 14) List<@IntRange(min = 0, max = 6) Integer> steps)
      throws IOException {
    Path file = Files.createTempDirectory("muster-journal").resolve("journal.db");
    TestSite site = new TestSite("load-48");
    CountingDriver.Settings driver = new CountingDriver.Settings();
    List<Orders> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(site.order(Verb.SHED));
    }
    try (SqliteJournal disk = SqliteJournal.open(file)) {
      MortalJournal journal = start(site, driver, disk);
      for (int step : steps) {
        if (step < ORDERS) {
          CompletableFuture<?> answer = site.link().deliver(orders.get(step).delivery());
          journal.settle();
          assertThat(answer.isDone() || journal.dead()).isTrue();
        } else {
          journal.dieAfter(step - ORDERS);
          var unused = site.link().deliver(orders.get(step % ORDERS).delivery());
          journal.settle();
          journal = start(site, driver, disk);
        }
      }
      MortalJournal last = start(site, driver, disk);
      last.settle();
      assertThat(driver.executions().values()).allMatch(times -> times == 1);
      assertThat(disk.open(site.jid()).join().unfinished()).isEmpty();
      for (Orders order : orders) {
        List<Outcome> outcomes = site.outcomes(order.id());
        assertThat(outcomes.stream().map(Outcome::result).distinct().count())
            .isLessThanOrEqualTo(1);
      }
    } finally {
      delete(file.getParent());
    }
  }

  // Everything on this thread, so that a run is repeatable; only the journal's own thread is real.
  private static MortalJournal start(
      TestSite site, CountingDriver.Settings driver, SqliteJournal disk) {
    MortalJournal journal = new MortalJournal(disk);
    site.start(driver, journal, Runnable::run);
    site.link().prove();
    journal.settle();
    return journal;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    Files.delete(folder);
  }
}
