// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.document.GoldenFile;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.Submission;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first version of the plugin wrote, in rows as it wrote them, is not lost to today's. */
abstract class SchemaUpgradeContract {
  private static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  private static final Sealed SEALED = new Sealed(new byte[] {1, 2, 3});
  private static final Digest OUTCOME = Digest.of(new byte[] {9});

  @TempDir Path folder;

  private final Engine engine;
  private final Command command = Command.read(GoldenFile.compact("command-shed"));
  private final Instant at = command.header().issuedAt();
  private final Leaf leaf = Leaf.salted(LOAD, 0, Optional.empty());
  private TestDatabase database;

  SchemaUpgradeContract(Engine engine) {
    this.engine = engine.assumed();
  }

  @BeforeEach
  void upgrade() throws Exception {
    database = engine.create(folder.resolve("old"));
    database.installVersion1();
    writeAsVersion1();
    database.upgrade();
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.shutDown();
  }

  @Test
  void anOrderOfVersion1IsFoundWithItsHistoryAndEvidence() throws Exception {
    JdbcJournal journal = new JdbcJournal(database::open);
    OrderHistory history = journal.order(command.id()).toCompletableFuture().join().orElseThrow();
    Recovered recovered = journal.recover(at).toCompletableFuture().join();
    journal.stop();

    Submission submission = new Submission(command, Digest.of(command.write()), SEALED, at);
    Delivery delivery = new Delivery(0, leaf, DeliveryState.EXECUTED, at, "shed");
    assertThat(history.order()).isEqualTo(new Order(submission, List.of(delivery)));
    assertThat(history.steps())
        .containsExactly(new OrderHistory.Step(LOAD, DeliveryState.EXECUTED, at, "shed"));
    assertThat(history.evidence())
        .containsExactly(
            new OrderHistory.Evidence(LOAD, at, OrderHistory.Kind.OUTCOME, SEALED, OUTCOME));
    assertThat(recovered.unreported())
        .containsExactly(new Recovered.Unreported(submission.issuer(), command.id(), LOAD, SEALED));
    assertThat(recovered.crls()).containsExactly("AQID");
    assertThat(recovered.notices()).isEmpty();
  }

  @Test
  void anUpgradedSchemaHasTheColumnsAndIndexesOfAFreshOne() throws Exception {
    TestDatabase fresh = engine.create(folder.resolve("fresh"));
    fresh.install();
    assertThat(columns(database)).isEqualTo(columns(fresh)).isNotEmpty();
    assertThat(indexes(database)).isEqualTo(indexes(fresh)).isNotEmpty();
    assertThat(version(database)).isEqualTo(version(fresh));
    fresh.shutDown();
  }

  /** A server that was killed over its first start, or over an upgrade, must start again. */
  @Test
  void aScriptThatWasCutShortIsRunAgainFromItsBeginning() throws Exception {
    TestDatabase installed = engine.create(folder.resolve("installed"));
    installed.installInTwoRuns();
    TestDatabase upgraded = engine.create(folder.resolve("upgraded"));
    upgraded.installVersion1();
    upgraded.upgradeInTwoRunsEach();

    assertThat(columns(installed)).isEqualTo(columns(database));
    assertThat(indexes(installed)).isEqualTo(indexes(database));
    assertThat(columns(upgraded)).isEqualTo(columns(database));
    assertThat(indexes(upgraded)).isEqualTo(indexes(database));
    assertThat(version(upgraded)).isEqualTo(version(installed));
    installed.shutDown();
    upgraded.shutDown();
  }

  private void writeAsVersion1() throws SQLException {
    String id = command.id().text();
    long micros = Columns.micros(at);
    run(
        "INSERT INTO musterOrder (id, issuer, acceptedAt, executeBy, digest, command, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        command.header().issuer().toString(),
        micros,
        Columns.micros(command.executeBy()),
        Digest.of(command.write()).toString(),
        new String(command.write(), UTF_8),
        SEALED.base64());
    run(
        "INSERT INTO musterDelivery (orderId, device, leafIndex, leaf, state, changedAt, note)"
            + " VALUES (?, ?, 0, ?, 'executed', ?, 'shed')",
        id,
        LOAD.toString(),
        Json.text(leaf.write()),
        micros);
    run(
        "INSERT INTO musterStep (orderId, device, state, happenedAt, note)"
            + " VALUES (?, ?, 'executed', ?, 'shed')",
        id,
        LOAD.toString(),
        micros);
    run(
        "INSERT INTO musterEvidence (orderId, device, receivedAt, digest, sealed)"
            + " VALUES (?, ?, ?, ?, ?)",
        id,
        LOAD.toString(),
        micros,
        OUTCOME.toString(),
        SEALED.base64());
    run("INSERT INTO musterCrl (takenAt, crl) VALUES (?, 'AQID')", micros);
  }

  private void run(String sql, Object... values) throws SQLException {
    try (Connection connection = database.open();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }

  private static Set<String> columns(TestDatabase database) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = database.open();
        ResultSet column =
            connection.getMetaData().getColumns(null, connection.getSchema(), null, null)) {
      while (column.next()) {
        found.add(
            "%s.%s %s(%d) %s"
                .formatted(
                    column.getString("TABLE_NAME"),
                    column.getString("COLUMN_NAME"),
                    column.getString("TYPE_NAME"),
                    column.getInt("COLUMN_SIZE"),
                    column.getString("IS_NULLABLE"))
                .toLowerCase(Locale.ROOT));
      }
    }
    found.removeIf(column -> !column.startsWith("muster"));
    return found;
  }

  /** Those that we named, by what they find. */
  private static Set<String> indexes(TestDatabase database) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = database.open();
        ResultSet table =
            connection
                .getMetaData()
                .getTables(null, connection.getSchema(), null, new String[] {"TABLE"})) {
      while (table.next()) {
        String name = table.getString("TABLE_NAME");
        try (ResultSet column =
            connection
                .getMetaData()
                .getIndexInfo(null, connection.getSchema(), name, false, true)) {
          while (column.next()) {
            found.add(
                "%s(%d %s)"
                    .formatted(
                        column.getString("INDEX_NAME"),
                        column.getInt("ORDINAL_POSITION"),
                        column.getString("COLUMN_NAME"))
                    .toLowerCase(Locale.ROOT));
          }
        }
      }
    }
    found.removeIf(index -> !index.startsWith("muster"));
    return found;
  }

  private static int version(TestDatabase database) throws SQLException {
    try (Connection connection = database.open();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("SELECT version FROM ofVersion WHERE name = 'muster'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
