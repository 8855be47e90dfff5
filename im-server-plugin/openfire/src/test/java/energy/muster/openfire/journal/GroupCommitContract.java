// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.document.GoldenFile;
import energy.muster.identity.BareJid;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.Submission;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database whose commits are counted, held back, or answered by a broken connection. */
abstract class GroupCommitContract {
  private final Engine engine;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger toBreak = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private TestDatabase database;
  private JdbcJournal journal;

  GroupCommitContract(Engine engine) {
    this.engine = engine.assumed();
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database = engine.create(folder);
    database.install();
    Durability.ensure(database::open);
    journal = new JdbcJournal(this::connection);
  }

  @AfterEach
  void close() throws Exception {
    gate.countDown();
    journal.stop();
    database.shutDown();
  }

  private Connection connection() throws SQLException {
    Connection real = database.open();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                gate.await();
                commits.incrementAndGet();
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (method.getName().equals("commit") && toBreak.getAndDecrement() > 0) {
                throw new SQLException("the connection broke after the commit");
              }
              return result;
            });
  }

  private static Entry notice(int number) {
    return new Entry.Noticed(Instant.EPOCH, "test", Optional.empty(), "notice " + number);
  }

  @Test
  void whatIsQueuedDuringOneSyncSharesTheNext() {
    gate = new CountDownLatch(1);
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      appends.add(journal.append(notice(i)).toCompletableFuture());
    }
    gate.countDown();
    CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(commits.get()).isLessThanOrEqualTo(2 + 64 / 16);
  }

  @Test
  void whatIsExpectedSharesTheSyncOfWhatIsThere() throws Exception {
    GroupCommit writer = patient();
    Journal.Expected second = writer.expect();
    Journal.Expected third = writer.expect();
    var first = writer.append(List.of(notice(1)), true);
    second.over();
    assertThat(first).as("the third may yet come").isNotDone();
    var last = writer.append(List.of(notice(2)), true);
    third.over();
    CompletableFuture.allOf(first, last).join();
    assertThat(commits).hasValue(1);
    writer.stop(Duration.ofSeconds(10));
  }

  @Test
  void aFullBatchDoesNotWaitForMore() throws Exception {
    GroupCommit writer = patient();
    writer.expect();
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      assertThat(appends).allMatch(earlier -> !earlier.isDone());
      appends.add(writer.append(List.of(notice(i)), true));
    }
    CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(commits).hasValue(1);
    writer.stop(Duration.ofSeconds(10));
  }

  private GroupCommit patient() {
    return new GroupCommit(this::connection, Duration.ofHours(1), LogDisk::of);
  }

  @Test
  void whatIsExpectedAndNeverComesIsNotWaitedForLong() {
    journal.expect();
    assertThat(journal.append(notice(1)).toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void whatNobodyWaitsForRidesAlongWithWhatSomebodyDoes() {
    var lazy = journal.appendSoon(notice(1)).toCompletableFuture();
    journal.append(notice(2)).toCompletableFuture().join();
    assertThat(lazy).isCompleted();
    assertThat(commits).hasValue(1);
  }

  @Test
  void whatNobodyWaitsForIsWrittenByItselfInTheEnd() {
    journal.appendSoon(notice(1)).toCompletableFuture().join();
    assertThat(commits).hasValue(1);
  }

  @Test
  void anOrderWhoseCommitWasNotAnsweredStandsThereOnce() {
    toBreak.set(1);
    journal.append(new Entry.Accepted(order())).toCompletableFuture().join();
    assertThat(recovered()).isEqualTo(1);
    assertThat(commits).as("once unanswered, once found written").hasValue(2);
  }

  @Test
  void theSameOrderSubmittedAfterAFailureIsAcceptedThen() {
    toBreak.set(2);
    assertThat(journal.append(new Entry.Accepted(order())).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10));
    journal.append(new Entry.Accepted(order())).toCompletableFuture().join();
    assertThat(recovered()).isEqualTo(1);
  }

  private int recovered() {
    return journal.recover(Instant.EPOCH).toCompletableFuture().join().orders().size();
  }

  private static Order order() {
    Command command = Command.read(GoldenFile.compact("command-shed"));
    Leaf leaf = Leaf.salted(BareJid.parse("load-48@grid.example"), 0, Optional.empty());
    Instant at = command.header().issuedAt();
    return new Order(
        new Submission(command, Digest.of(command.write()), new Sealed(new byte[] {1, 2, 3}), at),
        List.of(new Delivery(0, leaf, DeliveryState.SENT, at, "")));
  }
}
