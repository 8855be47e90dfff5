// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.fixture.TestPki;
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
import energy.muster.seal.Sealer;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.LookRecord;
import energy.muster.service.journal.MandateRecord;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.Reversal;
import energy.muster.session.LookGrant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Orders with all that belongs to them, and devices; and that what was acknowledged is kept. */
abstract class JdbcJournalContract extends JournalOnDatabase {
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;

  JdbcJournalContract(Engine engine) {
    super(engine);
  }

  @Test
  void anOrderIsReadBackWithItsHistoryAndEvidence() {
    Order order = order();
    done(journal().append(new Entry.Accepted(order)));
    done(
        journal()
            .append(
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

    var history = done(journal().order(order.id())).orElseThrow();
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
  void theOutcomeOfOneDeviceIsFoundByItself() {
    Order order = order();
    done(journal().append(new Entry.Accepted(order)));
    assertThat(done(journal().outcome(order.id(), LOAD))).isEmpty();
    Digest digest = Digest.of(new byte[] {9});

    done(
        journal()
            .append(
                new Entry.Concluded(
                    order.id(), LOAD, DeliveryState.EXECUTED, at, "shed", SEALED, digest)));

    assertThat(done(journal().outcome(order.id(), LOAD))).contains(digest);
    assertThat(done(journal().outcome(order.id(), BareJid.parse("other@grid.example")))).isEmpty();
    assertThat(done(journal().outcome(DocumentId.next(at), LOAD))).isEmpty();
  }

  @Test
  void anOutcomeIsUnreportedUntilItsIssuerHasIt() {
    Order order = order();
    done(journal().append(new Entry.Accepted(order)));
    done(
        journal()
            .append(
                new Entry.Concluded(
                    order.id(),
                    LOAD,
                    DeliveryState.EXECUTED,
                    at,
                    "",
                    SEALED,
                    Digest.of(new byte[1]))));
    assertThat(recovered().unreported())
        .containsExactly(
            new Recovered.Unreported(order.submission().issuer(), order.id(), LOAD, SEALED));
    done(journal().append(new Entry.Reported(order.id(), LOAD, at)));
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
    done(journal().append(new Entry.Owed(notice)));
    assertThat(recovered().notices()).containsExactly(notice);
    done(journal().append(new Entry.Taken(notice.id(), at)));
    assertThat(recovered().notices()).isEmpty();
  }

  @Test
  void aWriteOffEndsADeliveryAndLaterEvidenceStandsBesideIt() {
    done(journal().append(new Entry.Accepted(order())));
    done(
        journal()
            .append(
                new Entry.WrittenOff(
                    command.id(), LOAD, at, "burnt out", SEALED, Digest.of(new byte[1]))));
    assertThat(recovered().unreported()).isEmpty();
    done(
        journal()
            .append(
                new Entry.Evidenced(
                    command.id(), LOAD, at, "it had", SEALED, Digest.of(new byte[2]))));

    OrderHistory history = done(journal().order(command.id())).orElseThrow();
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
    done(journal().append(new Entry.Accepted(order())));
    Instant late = command.executeBy().plusSeconds(1);
    done(journal().prune(late));
    assertThat(done(journal().order(command.id()))).as("open").isPresent();

    done(
        journal()
            .append(
                new Entry.Concluded(
                    command.id(),
                    LOAD,
                    DeliveryState.EXECUTED,
                    at,
                    "",
                    SEALED,
                    Digest.of(new byte[1]))));
    done(journal().prune(late));
    assertThat(done(journal().order(command.id()))).as("not yet reported").isPresent();

    done(journal().append(new Entry.Reported(command.id(), LOAD, at)));
    done(journal().prune(command.executeBy()));
    assertThat(done(journal().order(command.id()))).as("not old enough").isPresent();

    done(journal().prune(late));
    assertThat(done(journal().order(command.id()))).isEmpty();
    for (String table : List.of("musterDelivery", "musterStep", "musterEvidence")) {
      assertThat(count("SELECT COUNT(*) FROM " + table)).as(table).isZero();
    }
  }

  @Test
  void whatIsOverIsPrunedInSlices() throws Exception {
    for (int i = 1; i <= 5; i++) {
      Command each = like(Verb.SHED, i, Optional.empty(), "");
      done(journal().append(new Entry.Accepted(order(each))));
      done(
          journal()
              .append(
                  new Entry.Moved(
                      each.id(), LOAD, DeliveryState.CANCELLED, at.plusSeconds(1), "")));
    }
    done(journal().append(new Entry.Accepted(order())));
    try (Connection connection = database().open()) {
      Pruning.before(command.executeBy().plusSeconds(600), connection, 2);
    }
    assertThat(found(Optional.empty(), Set.of())).hasSize(1);
    assertThat(count("SELECT COUNT(*) FROM musterDelivery")).isEqualTo(1);
  }

  @Test
  void whatEndedLongAgoIsNotRecovered() {
    done(journal().append(new Entry.Accepted(order())));
    done(journal().append(moved(LOAD, DeliveryState.EXECUTED)));
    Instant late = command.executeBy().plusSeconds(1);
    assertThat(recovered().orders()).hasSize(1);
    assertThat(done(journal().recover(late)).orders()).isEmpty();
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
    done(journal().append(new Entry.DeviceNoted(device)));
    done(journal().append(new Entry.DeviceNoted(device)));
    done(journal().append(new Entry.LookGranted(new LookRecord(grant, certified, SEALED))));
    MandateRecord mandate = mandate();
    done(journal().append(new Entry.MandateGiven(mandate)));
    done(journal().append(new Entry.MandateGiven(mandate)));
    done(journal().append(new Entry.CrlTaken("AQID", at)));

    assertThat(recovered().mandates()).containsExactly(mandate);
    assertThat(recovered().devices()).containsExactly(device);
    assertThat(recovered().looks()).containsExactly(new LookRecord(grant, certified, SEALED));
    assertThat(recovered().crls()).containsExactly("AQID");
    assertThat(done(journal().recover(grant.until())).looks()).isEmpty();
  }

  /** It is read back from its seal. */
  private static MandateRecord mandate() {
    byte[] content = GoldenFile.compact("mandate");
    return new MandateRecord(
        Mandate.read(content), Sealer.seal(content, new TestPki().operator("op-1", "*")));
  }

  @Test
  void ordersAreFoundByIssuerAndState() {
    Order order = order();
    done(journal().append(new Entry.Accepted(order)));
    assertThat(found(Optional.of(order.submission().issuer()), Set.of(DeliveryState.SENT)))
        .hasSize(1);
    assertThat(found(Optional.of(LOAD), Set.of())).isEmpty();
    assertThat(found(Optional.empty(), Set.of(DeliveryState.HELD))).isEmpty();
  }

  @Test
  void anEntryThatCannotBeWrittenFailsAloneAndLeavesNothingOfItsAppend() {
    var bad =
        journal()
            .append(
                List.of(
                    new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "half")),
                    moved(LOAD, DeliveryState.SENT)));
    var good = journal().append(new Entry.CrlTaken("AQID", at));
    assertThatThrownBy(() -> done(bad)).isInstanceOf(CompletionException.class);
    done(good);
    assertThat(count("SELECT COUNT(*) FROM musterRefusal")).isZero();
    assertThat(recovered().crls()).hasSize(1);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    TestDatabase killed = engine().create(folder.resolve("killed"));
    long last = KilledWriter.killedAfter(ACKNOWLEDGED_BEFORE_THE_KILL, killed, engine());
    assertThat(last).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
    try (Connection connection = killed.open();
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM musterNotice")) {
      rows.next();
      assertThat(rows.getLong(1)).isGreaterThanOrEqualTo(last + 1);
    }
    killed.shutDown();
  }

  private Entry.Moved moved(BareJid device, DeliveryState state) {
    return new Entry.Moved(command.id(), device, state, at.plusSeconds(1), "");
  }

  private List<Order> found(Optional<BareJid> issuer, Set<DeliveryState> states) {
    return done(journal().orders(new OrderQuery(issuer, states, Optional.empty(), 10)));
  }

  private long count(String sql) {
    try (Connection connection = database().open();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
