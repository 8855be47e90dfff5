// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.Subject;
import energy.muster.presence.Contact.Absence;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Difference;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.ChatLine;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.LookRecord;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.Reversal;
import energy.muster.service.journal.Submission;
import energy.muster.session.LookGrant;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class JdbcJournalContract {
  private static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  private static final Sealed SEALED = new Sealed(new byte[] {1, 2, 3});
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;

  @TempDir Path folder;

  private final Engine engine;
  private final Command command = Command.read(GoldenFile.compact("command-shed"));
  private final Instant at = command.header().issuedAt();
  private TestDatabase database;
  private JdbcJournal journal;

  JdbcJournalContract(Engine engine) {
    this.engine = engine.assumed();
  }

  @BeforeEach
  void open() throws Exception {
    database = engine.create(folder.resolve("own"));
    database.install();
    Durability.ensure(database::open);
    journal = new JdbcJournal(database::open);
  }

  @AfterEach
  void close() throws Exception {
    journal.stop();
    database.shutDown();
  }

  @Test
  void anOrderIsReadBackWithItsHistoryAndEvidence() {
    Order order = order();
    done(journal.append(new Entry.Accepted(order)));
    done(
        journal.append(
            List.of(
                moved(LOAD, DeliveryState.RECEIVED),
                new Entry.Concluded(
                    order.id(),
                    LOAD,
                    DeliveryState.EXECUTED,
                    at.plusSeconds(2),
                    "shed",
                    SEALED,
                    Digest.of(new byte[] {9})))));

    var history = done(journal.order(order.id())).orElseThrow();
    assertThat(history.order().submission()).isEqualTo(order.submission());
    assertThat(history.order().deliveries())
        .singleElement()
        .extracting(Delivery::state, Delivery::text)
        .containsExactly(DeliveryState.EXECUTED, "shed");
    assertThat(history.steps())
        .extracting(step -> step.state())
        .containsExactly(DeliveryState.SENT, DeliveryState.RECEIVED, DeliveryState.EXECUTED);
    assertThat(history.evidence()).singleElement().extracting(e -> e.document()).isEqualTo(SEALED);
  }

  @Test
  void anOutcomeIsUnreportedUntilItsIssuerHasIt() {
    Order order = order();
    done(journal.append(new Entry.Accepted(order)));
    done(
        journal.append(
            new Entry.Concluded(
                order.id(), LOAD, DeliveryState.EXECUTED, at, "", SEALED, Digest.of(new byte[1]))));
    assertThat(recovered().unreported())
        .containsExactly(
            new Recovered.Unreported(order.submission().issuer(), order.id(), LOAD, SEALED));
    done(journal.append(new Entry.Reported(order.id(), LOAD, at)));
    assertThat(recovered().unreported()).isEmpty();
  }

  @Test
  void aNoticeWaitsUntilItIsTaken() {
    Notice notice =
        new Notice(
            DocumentId.next(at),
            LOAD,
            at,
            "expired",
            command.id(),
            Optional.of(LOAD),
            "not delivered");
    done(journal.append(new Entry.Owed(notice)));
    assertThat(recovered().notices()).containsExactly(notice);
    done(journal.append(new Entry.Taken(notice.id(), at)));
    assertThat(recovered().notices()).isEmpty();
  }

  @Test
  void aLineWaitsUntilItIsTaken() {
    ChatLine line = new ChatLine(DocumentId.next(at), LOAD, LOAD, at, "hello");
    done(journal.append(new Entry.LineSaid(line)));
    assertThat(recovered().staff().lines()).containsExactly(line);
    done(journal.append(new Entry.LineTaken(line.id(), at)));
    assertThat(recovered().staff().lines()).isEmpty();
  }

  @Test
  void aHandOverIsKnownUntilItLapses() {
    HandOver offer =
        new HandOver(
            DocumentId.next(at),
            LOAD,
            LOAD,
            at,
            at.plusSeconds(900),
            HandOver.State.OFFERED,
            List.of(command.id()),
            List.of());
    done(journal.append(new Entry.HandOverNoted(offer)));
    done(journal.append(new Entry.HandOverNoted(offer.in(HandOver.State.ACCEPTED))));
    assertThat(recovered().staff().handOvers()).containsExactly(offer.in(HandOver.State.ACCEPTED));
    done(journal.append(new Entry.HandOverNoted(offer.in(HandOver.State.LAPSED))));
    assertThat(recovered().staff().handOvers()).isEmpty();
  }

  @Test
  void aWriteOffEndsADeliveryAndLaterEvidenceStandsBesideIt() {
    done(journal.append(new Entry.Accepted(order())));
    done(
        journal.append(
            new Entry.WrittenOff(
                command.id(), LOAD, at, "burnt out", SEALED, Digest.of(new byte[1]))));
    assertThat(recovered().unreported()).isEmpty();
    done(
        journal.append(
            new Entry.Evidenced(command.id(), LOAD, at, "it had", SEALED, Digest.of(new byte[2]))));

    OrderHistory history = done(journal.order(command.id())).orElseThrow();
    assertThat(history.order().deliveries())
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.UNCERTAIN);
    assertThat(history.evidence())
        .extracting(OrderHistory.Evidence::kind)
        .containsExactly(OrderHistory.Kind.WRITE_OFF, OrderHistory.Kind.OUTCOME);
    assertThat(recovered().unreported()).hasSize(1);
  }

  @Test
  void whatIsOverIsPrunedWithAllItsRowsAndWhatIsOpenStays() {
    done(journal.append(new Entry.Accepted(order())));
    Instant late = command.executeBy().plusSeconds(1);
    done(journal.prune(late));
    assertThat(done(journal.order(command.id()))).as("open").isPresent();

    done(
        journal.append(
            new Entry.Concluded(
                command.id(),
                LOAD,
                DeliveryState.EXECUTED,
                at,
                "",
                SEALED,
                Digest.of(new byte[1]))));
    done(journal.prune(late));
    assertThat(done(journal.order(command.id()))).as("not yet reported").isPresent();

    done(journal.append(new Entry.Reported(command.id(), LOAD, at)));
    done(journal.prune(command.executeBy()));
    assertThat(done(journal.order(command.id()))).as("not old enough").isPresent();

    done(journal.prune(late));
    assertThat(done(journal.order(command.id()))).isEmpty();
    for (String table : List.of("musterDelivery", "musterStep", "musterEvidence")) {
      assertThat(count("SELECT COUNT(*) FROM " + table)).as(table).isZero();
    }
  }

  @Test
  void whatEndedLongAgoIsNotRecovered() {
    done(journal.append(new Entry.Accepted(order())));
    done(journal.append(moved(LOAD, DeliveryState.EXECUTED)));
    Instant late = command.executeBy().plusSeconds(1);
    assertThat(recovered().orders()).hasSize(1);
    assertThat(done(journal.recover(late)).orders()).isEmpty();
  }

  @Test
  void aDeviceAGrantAndARevocationListAreRecovered() {
    Certified certified =
        CertificateAuthority.create("ieee123", InstantSource.fixed(at))
            .issue(Subject.device(LOAD, Set.of(new Area("branch-60"))))
            .identity()
            .certified();
    DeviceRecord device =
        new DeviceRecord(
            certified,
            Optional.of(
                DevicePresence.read(
                    new String(GoldenFile.compact("presence-load-critical"), UTF_8))),
            at,
            7,
            true,
            Optional.of(new Absence(true, at, "gone without a reason", Optional.of(at))),
            Optional.of(new Difference(at, "on", at, "off")),
            Optional.of(new Reversal(Verb.SHED, at)));
    LookGrant grant = LookGrant.read(GoldenFile.compact("look-grant"));
    done(journal.append(new Entry.DeviceNoted(device)));
    done(journal.append(new Entry.DeviceNoted(device)));
    done(journal.append(new Entry.LookGranted(new LookRecord(grant, certified, SEALED))));
    done(journal.append(new Entry.CrlTaken("AQID", at)));

    assertThat(recovered().devices()).containsExactly(device);
    assertThat(recovered().looks()).containsExactly(new LookRecord(grant, certified, SEALED));
    assertThat(recovered().crls()).containsExactly("AQID");
    assertThat(done(journal.recover(grant.until())).looks()).isEmpty();
  }

  @Test
  void ordersAreFoundByIssuerAndState() {
    Order order = order();
    done(journal.append(new Entry.Accepted(order)));
    assertThat(found(Optional.of(order.submission().issuer()), Set.of(DeliveryState.SENT)))
        .hasSize(1);
    assertThat(found(Optional.of(LOAD), Set.of())).isEmpty();
    assertThat(found(Optional.empty(), Set.of(DeliveryState.HELD))).isEmpty();
  }

  @Test
  void refusalsAreReadBackTheNewestFirst() {
    Entry.RefusalNoted first =
        new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "too late"));
    Entry.RefusalNoted second =
        new Entry.RefusalNoted(at.plusSeconds(1), LOAD, new Refusal(Reason.BUSY, "too many"));
    Entry.ExcessCounted excess =
        new Entry.ExcessCounted(at, LOAD, Entry.Excess.STANZAS, 5_000_000_000L);
    done(journal.append(List.of(first, second, excess)));
    assertThat(done(journal.refusals(10)).recorded()).containsExactly(second, first);
    assertThat(done(journal.refusals(10)).counted()).containsExactly(excess);
    assertThat(done(journal.refusals(1)).recorded()).containsExactly(second);
  }

  @Test
  void whoCameAndWentIsReadBackSinceATimeWithHowItStoodThen() {
    Entry.Attended came = attended(0, Attendance.THERE);
    Entry.Attended went = attended(10, Attendance.FAULT);
    Entry.Attended back = attended(20, Attendance.THERE);
    Entry.Ran run = new Entry.Ran(at, at.plusSeconds(25));
    done(journal.append(List.of(came, new Entry.Ran(at, at), went, back, run)));

    AttendanceRecord all = done(journal.attendance(at));
    assertThat(all.changes()).containsExactly(came, went, back);
    assertThat(all.runs()).containsExactly(run);
    AttendanceRecord late = done(journal.attendance(at.plusSeconds(15)));
    assertThat(late.changes()).containsExactly(went, back);
    assertThat(late.runs()).containsExactly(run);

    done(journal.prune(at.plusSeconds(15)));
    assertThat(done(journal.attendance(at)).changes()).containsExactly(went, back);
    done(journal.prune(at.plusSeconds(30)));
    assertThat(done(journal.attendance(at)).changes()).containsExactly(back);
    assertThat(done(journal.attendance(at)).runs()).isEmpty();
  }

  private Entry.Attended attended(int seconds, Attendance attendance) {
    return new Entry.Attended(LOAD, at.plusSeconds(seconds), attendance, "gone without a reason");
  }

  @Test
  void anEntryThatCannotBeWrittenFailsAloneAndLeavesNothingOfItsAppend() {
    var bad =
        journal.append(
            List.of(
                new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "half")),
                moved(LOAD, DeliveryState.SENT)));
    var good = journal.append(new Entry.CrlTaken("AQID", at));
    assertThatThrownBy(() -> done(bad)).isInstanceOf(CompletionException.class);
    done(good);
    assertThat(count("SELECT COUNT(*) FROM musterRefusal")).isZero();
    assertThat(recovered().crls()).hasSize(1);
  }

  /** PostgreSQL keeps no NUL in a text, and a device's words may hold one. */
  @Test
  void aNulInATextIsKeptAsAMarkAndTheEntryIsNotLost() {
    done(journal.append(new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "a\0b"))));
    assertThat(done(journal.refusals(1)).recorded())
        .extracting(noted -> noted.refusal().text())
        .containsExactly("a\uFFFDb");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    TestDatabase killed = engine.create(folder.resolve("killed"));
    long last = KilledWriter.killedAfter(ACKNOWLEDGED_BEFORE_THE_KILL, killed, engine);
    assertThat(last).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
    try (Connection connection = killed.open();
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM musterNotice")) {
      rows.next();
      assertThat(rows.getLong(1)).isGreaterThanOrEqualTo(last + 1);
    }
    killed.shutDown();
  }

  private Order order() {
    Leaf leaf = Leaf.salted(LOAD, 0, Optional.empty());
    return new Order(
        new Submission(command, Digest.of(command.write()), SEALED, at),
        List.of(new Delivery(0, leaf, DeliveryState.SENT, at, "")));
  }

  private Entry.Moved moved(BareJid device, DeliveryState state) {
    return new Entry.Moved(command.id(), device, state, at.plusSeconds(1), "");
  }

  private Recovered recovered() {
    return done(journal.recover(at));
  }

  private List<Order> found(Optional<BareJid> issuer, Set<DeliveryState> states) {
    return done(journal.orders(new OrderQuery(issuer, states, Optional.empty(), 10)));
  }

  private long count(String sql) {
    try (Connection connection = database.open();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
