// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.exchange.Destination;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.response.ShedProposal;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.MarketRecord.LastSet;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.Position;
import energy.muster.service.journal.Publication;
import energy.muster.service.journal.Receipt;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceDocument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was published, what is proposed, what changed, and how far who keeps a copy has come. */
abstract class MarketRowsContract extends JournalOnDatabase {
  private static final BareJid ARCHIVE = BareJid.parse("archive@grid.example");

  private final Command published = Command.read(GoldenFile.compact("command-set-tariff"));
  private final PriceDocument document =
      ((Instruction.SetTariff) published.instruction()).document();
  private final Publication publication =
      new Publication(published.id(), document, published.header().issuer(), SEALED, at);

  MarketRowsContract(Engine engine) {
    super(engine);
  }

  private void publish(Optional<Instant> over) {
    done(
        journal()
            .append(
                List.of(
                    new Entry.Accepted(order(published)), new Entry.Published(publication, over))));
  }

  @Test
  void whatWasPublishedIsThereAfterARestartWithItsReceipts() {
    publish(Optional.empty());

    assertThat(recovered().market().publications()).containsExactly(publication);
    assertThat(done(journal().receipts(document.name(), Optional.empty())))
        .extracting(Receipt::device, Receipt::document, Receipt::state)
        .containsExactly(tuple(LOAD, document.header().id(), DeliveryState.SENT));
    assertThat(done(journal().receipts(new OfferName("a", "b"), Optional.empty()))).isEmpty();
  }

  @Test
  void whatIsLongOverIsNotTakenUpAgain() {
    publish(Optional.of(at.minus(Publication.KEPT).minusSeconds(1)));
    assertThat(recovered().market().publications()).isEmpty();

    done(journal().append(new Entry.Outdated(published.id(), at)));
    assertThat(recovered().market().publications()).hasSize(1);
  }

  @Test
  void anOrderIsKeptAsLongAsWhatItPublishedMatters() {
    publish(Optional.empty());
    done(
        journal()
            .append(
                new Entry.Moved(published.id(), LOAD, DeliveryState.EXPIRED, at, "not delivered")));
    done(journal().prune(at.plus(Duration.ofDays(4000))));
    assertThat(done(journal().order(published.id()))).isPresent();

    done(journal().append(new Entry.Outdated(published.id(), at)));
    done(journal().prune(at.plus(Duration.ofDays(4000))));
    assertThat(done(journal().order(published.id()))).isEmpty();
  }

  @Test
  void aProposalStandsAsItWasNotedLastAndItsNumberIsNotGivenAgain() {
    ShedProposal open =
        new ShedProposal(
            7,
            new OfferName("northco", "home"),
            new BigDecimal("0.91"),
            new BigDecimal("0.80"),
            "USD",
            at,
            at.plusSeconds(3600),
            Power.kilowatts(500),
            new Area("branch-60"),
            ShedProposal.State.OPEN,
            Optional.empty(),
            Optional.empty());
    ShedProposal accepted = open.accepted(ARCHIVE, Optional.of(command.id()));
    done(journal().append(new Entry.ProposalNoted(open)));
    done(journal().append(new Entry.ProposalNoted(accepted)));

    assertThat(recovered().market().proposals()).containsExactly(accepted);
    assertThat(recovered().market().proposal()).isEqualTo(7);
  }

  @Test
  void whatChangedIsInExactlyOneChangeSet() {
    ObjectNode one = Json.object().put("device", "meter-1@grid.example");
    ObjectNode other = Json.object().put("device", "meter-2@grid.example");
    for (ObjectNode each : List.of(one, other)) {
      done(
          journal()
              .append(new Entry.Changed(DataClass.READINGS, List.of("billing", "a"), at, each)));
    }
    List<PendingChange> pending = done(journal().changes(DataClass.READINGS, 10));
    assertThat(pending).extracting(PendingChange::record).containsExactly(one, other);
    assertThat(pending.get(0).flags()).containsExactly("billing", "a");

    ChangeSet set =
        new ChangeSet(
            DocumentId.next(at),
            DataClass.READINGS,
            1,
            at,
            at.plusSeconds(900),
            List.of("billing"),
            List.of(one));
    done(journal().append(new Entry.ChangesClosed(set, pending.get(0).number())));

    assertThat(done(journal().changes(DataClass.READINGS, 10))).hasSize(1);
    assertThat(done(journal().changes(DataClass.TARIFFS, 10))).isEmpty();
    assertThat(done(journal().changeSets(DataClass.READINGS, 0, 10))).containsExactly(set);
    assertThat(done(journal().changeSets(DataClass.READINGS, 1, 10))).isEmpty();
    assertThat(recovered().market().sets())
        .containsEntry(DataClass.READINGS, new LastSet(1, set.until()));
  }

  @Test
  void whoKeepsACopyIsFoundWhereItStopped() {
    for (long upTo : List.of(3L, 4L)) {
      done(
          journal()
              .append(
                  new Entry.Positioned(
                      new Position(
                          ARCHIVE,
                          new Destination(
                              DataClass.PRICES, List.of("billing"), upTo, Optional.empty())))));
    }

    assertThat(recovered().market().positions())
        .extracting(position -> position.destination().upTo())
        .containsExactly(4L);
  }
}
