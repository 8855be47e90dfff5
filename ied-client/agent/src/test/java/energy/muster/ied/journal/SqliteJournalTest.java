// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.seal.Sealed;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal.db");
  }

  private static Intent intent() {
    return JournalVictim.intent(DocumentId.next(NOON));
  }

  private static DeviceRecord record(Journal journal) {
    return journal.open(JournalVictim.DEVICE).join();
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    Intent begun = intent();
    Intent done = intent();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.keepFloorOf(() -> NOON);
      journal.intend(JournalVictim.DEVICE, begun).join();
      journal.conclude(JournalVictim.DEVICE, done, done.sealed(), "{\"on\":true}").join();
      journal.reserveRevisions(JournalVictim.DEVICE, 100).join();
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.boot()).isEqualTo(2);
      assertThat(journal.floor()).isEqualTo(NOON);
      DeviceRecord record = record(journal);
      assertThat(record.unfinished()).containsExactly(begun);
      assertThat(record.unsent()).containsOnlyKeys(done.key());
      assertThat(record.remembered()).containsOnlyKeys(begun.key(), done.key());
      assertThat(record.state()).contains("{\"on\":true}");
      assertThat(record.revisionCeiling()).isEqualTo(100);
    }
  }

  @Test
  void theSequenceNumberRisesAcrossReopening() {
    long last;
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.intend(JournalVictim.DEVICE, intent()).join();
      last = journal.sequence();
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.sequence()).isGreaterThan(last);
    }
  }

  @Test
  void anAcknowledgedOutcomeIsKeptForReplaysUntilItsTimeIsPast() {
    Intent intent = intent();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.conclude(JournalVictim.DEVICE, intent, intent.sealed(), "{}").join();
      var acknowledged = journal.acknowledged(JournalVictim.DEVICE, intent.key());
      journal.keepFloor().join();
      acknowledged.join();
      assertThat(record(journal).unsent()).isEmpty();
      journal.forget(intent.forgetAfter()).join();
      assertThat(journal.outcome(JournalVictim.DEVICE, intent.key()).join())
          .contains(intent.sealed());

      journal.forget(intent.forgetAfter().plusMillis(1)).join();

      assertThat(record(journal).remembered()).isEmpty();
    }
  }

  @Test
  void anOutcomeOnceRecordedIsNeverReplaced() {
    Intent intent = intent();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.conclude(JournalVictim.DEVICE, intent, intent.sealed(), "{}").join();
      journal.conclude(JournalVictim.DEVICE, intent, new Sealed(new byte[] {9}), "{}").join();

      assertThat(journal.outcome(JournalVictim.DEVICE, intent.key()).join())
          .isEqualTo(Optional.of(intent.sealed()));
    }
  }

  @Test
  void oneFailingEntryDoesNotTakeItsNeighboursDown() {
    Intent twice = intent();
    Intent other = intent();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      CompletableFuture<Void> first = journal.intend(JournalVictim.DEVICE, twice);
      CompletableFuture<Void> again = journal.intend(JournalVictim.DEVICE, twice);
      CompletableFuture<Void> neighbour = journal.intend(JournalVictim.DEVICE, other);

      first.join();
      neighbour.join();
      assertThatThrownBy(again::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(JournalException.class);
      assertThat(record(journal).unfinished()).containsExactly(twice, other);
    }
  }

  @Test
  void aFullDiskFailsTheEntryAndKeepsTheRest() {
    try (SqliteJournal journal = SqliteJournal.open(file, 40)) {
      List<Intent> kept = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  Intent intent = intent();
                  journal.intend(JournalVictim.DEVICE, intent).join();
                  kept.add(intent);
                }
              })
          .hasCauseInstanceOf(JournalException.class)
          .hasMessageContaining("full");
      assertThat(record(journal).unfinished()).containsExactlyElementsOf(kept);
    }
  }

  @Test
  void aDiskThatIsFreedIsUsedAgain() {
    try (SqliteJournal journal = SqliteJournal.open(file, 40)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  Intent intent = intent();
                  journal.conclude(JournalVictim.DEVICE, intent, intent.sealed(), "{}").join();
                  var unused = journal.acknowledged(JournalVictim.DEVICE, intent.key());
                }
              })
          .hasCauseInstanceOf(JournalException.class);

      journal.forget(Instant.parse("9999-01-01T00:00:00Z")).join();

      Intent after = intent();
      journal.intend(JournalVictim.DEVICE, after).join();
      assertThat(record(journal).unfinished()).containsExactly(after);
    }
  }

  /** A mapped file that the disk has no room for ends the process, which no refusal comes from. */
  @Test
  void noFileIsMappedAndTheLogStaysSmall() throws IOException {
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      for (int i = 0; i < 300; i++) {
        journal.save(JournalVictim.DEVICE, "{\"i\":" + i + "}").join();
      }
      assertThat(file.resolveSibling(file.getFileName() + "-shm")).doesNotExist();
      assertThat(Files.size(file.resolveSibling(file.getFileName() + "-wal")))
          .isLessThan(512 * 1024);
    }
  }

  @Test
  void aReserveIsSetAside() {
    Path kept = file.resolveSibling(file.getFileName() + ".reserve");
    SqliteJournal.open(file).close();
    assertThat(kept).hasSize(256 * 1024);

    Reserve reserve = Reserve.of(file);
    assertThat(reserve.keep()).isTrue();
    assertThat(reserve.spend()).isTrue();
    assertThat(kept).doesNotExist();
    assertThat(reserve.spend()).isFalse();
    assertThat(reserve.keep()).isTrue();
    assertThat(kept).hasSize(256 * 1024);
  }

  @Test
  void withoutItsReserveAnOrderIsNotTakenButOneThatWasTakenIsConcluded() throws IOException {
    Path kept = file.resolveSibling(file.getFileName() + ".reserve");
    Intent taken = intent();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.intend(JournalVictim.DEVICE, taken).join();
    }
    Files.delete(kept);
    // Nothing can be set aside under this name.
    Files.createDirectory(kept);
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThatThrownBy(() -> journal.intend(JournalVictim.DEVICE, intent()).join())
          .hasCauseInstanceOf(JournalException.class)
          .hasMessageContaining("full");
      journal.conclude(JournalVictim.DEVICE, taken, taken.sealed(), "{}").join();

      Files.delete(kept);
      journal.intend(JournalVictim.DEVICE, intent()).join();
      assertThat(kept).hasSize(256 * 1024);
    }
  }

  @Test
  void aSecondProcessIsKeptOut() {
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.boot()).isEqualTo(1);
      assertThatThrownBy(() -> SqliteJournal.open(file))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @Test
  void aJournalOfALaterVersionIsRefused() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> SqliteJournal.open(file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("schema 99");
  }

  @Test
  void whatWasSaidAfterASyncSurvivesSigkill() throws IOException, InterruptedException {
    Random random = new Random(7);
    List<String> said = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      said.addAll(runAndKill(20 + random.nextInt(400)));
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      DeviceRecord record = record(journal);
      assertThat(record.remembered().keySet().stream().map(key -> key.id().text()))
          .containsAll(after(said, "acts "));
      assertThat(record.unsent().keySet().stream().map(key -> key.id().text()))
          .containsAll(after(said, "sends "));
      assertThat(after(said, "boot ")).containsExactly("1", "2", "3");
      // At most the one each run was at.
      assertThat(record.unfinished()).hasSizeLessThanOrEqualTo(3);
    }
  }

  private static List<String> after(List<String> said, String word) {
    return said.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .toList();
  }

  private List<String> runAndKill(int lines) throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JournalVictim.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (said.size() == lines) {
          // SIGKILL, by its handle: the process itself would close our end of its output, too.
          assertThat(victim.toHandle().destroyForcibly()).isTrue();
        }
      }
    }
    assertThat(victim.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
    // The last line may be cut in the middle.
    return said.subList(0, lines);
  }

  private static Alarm alarm(Optional<Alarm> onset) {
    DocumentId id = DocumentId.next(NOON);
    return new Alarm(
        new Header(DocumentType.ALARM, "test-site", id, JournalVictim.DEVICE, NOON),
        onset.map(Alarm::occurrence).orElse(id),
        new RuleName("tamper"),
        onset.isPresent() ? Alarm.Event.RETURN : Alarm.Event.ONSET,
        Priority.HIGH,
        Optional.empty(),
        NOON,
        true,
        false,
        "it has been tampered with",
        Optional.empty());
  }

  @Test
  void alarmsAreKeptUntilTheyAreOverAndTaken() {
    Alarm onset = alarm(Optional.empty());
    Alarm over = alarm(Optional.of(onset));
    Sealed sealed = intent().sealed();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      var unused = journal.alarmTaken(JournalVictim.DEVICE, onset.header().id());
      journal.raise(JournalVictim.DEVICE, onset, sealed).join();
      unused = journal.worsened(JournalVictim.DEVICE, onset.header().id(), BigDecimal.TEN);
      unused = journal.alarmTaken(JournalVictim.DEVICE, onset.header().id());
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(record(journal).alarms())
          .containsExactly(new KeptAlarm(onset, sealed, Optional.of(BigDecimal.TEN), true));
      journal.raise(JournalVictim.DEVICE, over, sealed).join();
      journal.forget(NOON.plus(Duration.ofDays(9))).join();
      assertThat(record(journal).alarms()).extracting(KeptAlarm::alarm).containsExactly(over);
      var unused = journal.alarmTaken(JournalVictim.DEVICE, over.header().id());
      journal.keepFloor().join();
      assertThat(record(journal).alarms()).isEmpty();
    }
  }

  @Test
  void aJournalOfTheFirstSchemaIsBroughtUp() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(Schema.script(1));
      statement.executeUpdate("PRAGMA user_version = 1");
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(record(journal).alarms()).isEmpty();
    }
  }
}
