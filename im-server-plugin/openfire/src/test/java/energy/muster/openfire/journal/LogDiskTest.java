// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk, of which HSQLDB says nothing to whoever commits. */
final class LogDiskTest {
  private static final long PLENTY = 4 * LogDisk.RESERVE;

  /** Enough for the data file as it is made, so that the log is what stops growing. */
  private static final long KIBIBYTES = 576;

  @TempDir Path folder;
  private final AtomicLong free = new AtomicLong(PLENTY);
  private TestDatabase database;

  @BeforeEach
  void install() throws Exception {
    database = Engine.HSQLDB.create(folder);
    database.install();
    Durability.ensure(database::open);
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.shutDown();
  }

  @Test
  void whatWasAcknowledgedOnADiskThatFillsUpIsThereAfterAKill() throws Exception {
    database.shutDown();
    long acknowledged = FullDiskWriter.fills(KIBIBYTES, database);
    assertThat(acknowledged).isPositive();
    assertThat(aliveAt()).isGreaterThanOrEqualTo(acknowledged);
  }

  @Test
  void withoutRoomToSpareNothingIsBegun() throws Exception {
    Borrowed disk = disk();
    free.set(LogDisk.RESERVE - 1);
    assertThatThrownBy(() -> disk.inTransaction(alive(1)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(Reason.NO_SPACE);
              assertThat(refused.refusal().text()).contains("63 MiB free", "make room");
            });
    free.set(LogDisk.RESERVE);
    disk.inTransaction(alive(2));
    disk.giveBack();
    assertThat(aliveAt()).isEqualTo(2);
  }

  /** Whoever else wrote while there was no room may have left half a line in the log. */
  @Test
  void afterAFullDiskTheDatabaseIsWrittenAnewBeforeItIsBelieved() throws Exception {
    Borrowed disk = disk();
    for (int i = 1; i <= 100; i++) {
      disk.inTransaction(alive(i));
    }
    long filled = Files.size(log());
    free.set(0);
    assertThatThrownBy(() -> disk.inTransaction(alive(101))).isInstanceOf(Refused.class);
    free.set(PLENTY);
    disk.inTransaction(alive(102));
    disk.giveBack();
    assertThat(Files.size(log())).as("a log begun anew").isLessThan(filled);
    assertThat(aliveAt()).isEqualTo(102);
  }

  @Test
  void aCommitOverWhichTheDiskWasFilledIsNotAnswered() throws Exception {
    Borrowed disk = disk();
    assertThatThrownBy(
            () ->
                disk.inTransaction(
                    writing -> {
                      alive(1).with(writing);
                      free.set(0);
                    }))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("filled during a commit");
    disk.giveBack();
  }

  @Test
  void aCommitThatTheLogDoesNotShowIsNotAnswered() throws Exception {
    Borrowed disk =
        new Borrowed(database::open, unused -> Optional.of(new LogDisk(free::get, () -> 1)));
    disk.inTransaction(writing -> {});
    assertThatThrownBy(() -> disk.inTransaction(alive(1)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("has not grown");
    disk.giveBack();
  }

  /** It may be there already, so it must not be said that it is not. */
  @Test
  void whatWasBegunBeforeTheDiskWasFullIsNotRefused() throws Exception {
    GroupCommit writer =
        new GroupCommit(
            database::open,
            Duration.ZERO,
            unused ->
                Optional.of(
                    new LogDisk(
                        free::get,
                        () -> {
                          free.addAndGet(-LogDisk.RESERVE);
                          return 1;
                        })));
    CompletableFuture<Void> begun = writer.append(List.of(ran(1)), true);
    assertThatThrownBy(begun::join).hasCauseInstanceOf(SQLException.class);
    free.set(0);
    assertThatThrownBy(() -> writer.append(List.of(ran(2)), true).join())
        .hasCauseInstanceOf(Refused.class);
    writer.stop(Duration.ofSeconds(10));
  }

  /** HSQLDB answers the statement as if it had done it. */
  @Test
  void aDatabaseThatCouldNotBeWrittenAnewIsNotBelieved() throws Exception {
    AtomicLong length = new AtomicLong(100);
    Borrowed disk =
        new Borrowed(database::open, unused -> Optional.of(new LogDisk(free::get, length::get)));
    free.set(0);
    assertThatThrownBy(() -> disk.inTransaction(alive(1))).isInstanceOf(Refused.class);
    free.set(PLENTY);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> disk.inTransaction(alive(1)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("could not be written anew");
    }
    disk.giveBack();
  }

  @Test
  void aLongLogIsBegunAnewForItsRoomButOnceOnly() throws Exception {
    AtomicLong asked = new AtomicLong();
    long tight = LogDisk.RESERVE - 1;
    AtomicLong length = new AtomicLong(LogDisk.RESERVE);
    LogDisk disk =
        new LogDisk(
            free::get,
            () -> {
              // Shorter when it is asked for after the checkpoint.
              return asked.incrementAndGet() == 3 ? 0 : length.get();
            });
    free.set(tight);
    try (Connection connection = database.open()) {
      assertThatThrownBy(() -> disk.begin(connection)).isInstanceOf(Refused.class);
      long looked = asked.get();
      assertThat(looked).isEqualTo(3);
      assertThatThrownBy(() -> disk.begin(connection)).isInstanceOf(Refused.class);
      assertThat(asked).hasValue(looked);
    }
  }

  @Test
  void aDiskThatWasFullBetweenTwoCommitsIsNoticed() throws Exception {
    LogDisk disk = new LogDisk(free::get, log().toFile()::length);
    Borrowed borrowed = new Borrowed(database::open, unused -> Optional.of(disk));
    for (int i = 1; i <= 100; i++) {
      borrowed.inTransaction(alive(i));
    }
    long filled = Files.size(log());
    free.set(0);
    borrowed.look();
    free.set(PLENTY);
    borrowed.inTransaction(alive(101));
    borrowed.giveBack();
    assertThat(Files.size(log())).isLessThan(filled);
  }

  @Test
  void whatNobodyWaitsForIsWrittenWhenThereIsRoomAgain() throws Exception {
    GroupCommit writer =
        new GroupCommit(
            database::open,
            Duration.ZERO,
            unused -> Optional.of(new LogDisk(free::get, log().toFile()::length)));
    free.set(0);
    CompletableFuture<Void> first = writer.append(List.of(ran(1)), false);
    CompletableFuture<Void> second = writer.append(List.of(ran(2)), false);
    assertThatThrownBy(() -> writer.append(List.of(ran(3)), true).join())
        .hasCauseInstanceOf(Refused.class);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    free.set(PLENTY);
    assertThat(first).succeedsWithin(Duration.ofSeconds(30));
    assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    assertThat(aliveAt()).isEqualTo(2);
    writer.stop(Duration.ofSeconds(10));
  }

  @Test
  void whatWaitsForRoomIsToldWhenTheJournalIsClosed() throws Exception {
    GroupCommit writer =
        new GroupCommit(
            database::open, Duration.ZERO, unused -> Optional.of(new LogDisk(() -> 0, () -> 1)));
    CompletableFuture<Void> waiting = writer.append(List.of(ran(1)), false);
    writer.stop(Duration.ofSeconds(10));
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(Refused.class);
  }

  /** A document that comes again must not be taken for kept because the database remembers it. */
  @Test
  void whatMayNotBeOnDiskIsNotFound() throws Exception {
    GroupCommit writer =
        new GroupCommit(
            database::open, Duration.ZERO, unused -> Optional.of(new LogDisk(free::get, () -> 1)));
    JdbcJournal journal = new JdbcJournal(database::open, writer);
    assertThat(journal.refusals(1).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(journal.append(ran(1)).toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
    assertThatThrownBy(() -> journal.refusals(1).toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.BUSY));
    journal.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:hsqldb:file:/var/lib/muster/db/openfire;hsqldb.tx=mvcc, /var/lib/muster/db/openfire.log",
    "jdbc:hsqldb:FILE:db/openfire, db/openfire.log",
    "jdbc:hsqldb:/opt/openfire/embedded-db/openfire, /opt/openfire/embedded-db/openfire.log",
  })
  void theLogIsFoundByTheAddressOfTheDatabase(String url, Path log) {
    assertThat(LogDisk.log(url)).contains(log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:hsqldb:mem:test",
        "jdbc:hsqldb:res:/a/b",
        "jdbc:hsqldb:hsql://db.example/muster",
        "jdbc:hsqldb:https://db.example/muster",
        "jdbc:postgresql://db.example/muster",
      })
  void aDatabaseThatIsNotInFilesHereLooksAfterItsDisk(String url) {
    assertThat(LogDisk.log(url)).isEmpty();
  }

  private Path log() {
    return LogDisk.log(database.url()).orElseThrow();
  }

  private Borrowed disk() {
    return new Borrowed(
        database::open, unused -> Optional.of(new LogDisk(free::get, log().toFile()::length)));
  }

  private static Borrowed.Work alive(long milliseconds) {
    return writing -> writing.write(List.of(ran(milliseconds)));
  }

  private static Entry ran(long milliseconds) {
    return new Entry.Ran(Instant.EPOCH, Instant.ofEpochMilli(milliseconds));
  }

  /** In milliseconds. */
  private long aliveAt() throws SQLException {
    try (Connection connection = database.open();
        ResultSet row =
            connection.createStatement().executeQuery("SELECT aliveAt FROM musterRun")) {
      row.next();
      return row.getLong(1) / 1_000;
    }
  }
}
