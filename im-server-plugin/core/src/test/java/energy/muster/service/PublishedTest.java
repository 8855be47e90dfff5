// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.identity.Role;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealed;
import energy.muster.service.fixture.Disk;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What was published, who has it, and what nobody needs any more. */
final class PublishedTest extends PublishingSite {
  @Test
  void aVersionBelowAnotherIsRefusedForWhomeverItIs() {
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");

    assertThat(refusal(tariff(1, "2026-01-01", "0.20"), "meter-2")).isEqualTo(Reason.SUPERSEDED);
    assertThat(refusal(tariff(2, "2026-01-01", "0.31"), "meter-2")).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void theSameAgainGoesToOthersAsLongAsItCounts() {
    Tariff first = tariff(1, "2026-01-01", "0.20");
    publish(first, "meter-1");
    publish(tariff(2, day(3), "0.30"), "meter-1");

    assertThat(state(publish(first, "meter-2"), "meter-2")).isEqualTo(DeliveryState.RECEIVED);
    assertThat(listed()).hasSize(2);

    publish(tariff(3, "2026-01-01", "0.25"), "meter-1");
    assertThat(refusal(first, "meter-3")).isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void whatWasPublishedIsKnownAfterARestart() {
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");
    world.killAndRestart();
    supplier = world.prove(publisher, "console");
    world.prove(meter("meter-1"), "k2");

    assertThat(refusal(tariff(1, "2026-01-01", "0.20"), "meter-1")).isEqualTo(Reason.SUPERSEDED);
    assertThat(listed()).hasSize(1);
  }

  @Test
  void aVersionIsOverWhenTheNextCountsAndNotBeforeThatWasPublished() {
    Draft first = publish(tariff(1, "2020-01-01", "0.20"), "meter-1");
    publish(tariff(2, "2020-01-01", "0.30"), "meter-1");

    assertThat(world.journal.entries(Entry.Outdated.class))
        .containsExactly(new Entry.Outdated(first.id(), world.clock.instant()));
    world.killAndRestart();
    supplier = world.prove(publisher, "console");
    assertThat(listed()).hasSize(2);
  }

  @Test
  void aLowerVersionThatWaitsForAnAbsentDeviceEndsWhenAHigherIsTaken() {
    world.cut(meter);
    Draft first = publish(tariff(1, "2026-01-01", "0.20"), "meter-1", "meter-2");
    Draft second = publish(tariff(2, "2026-01-01", "0.30"), "meter-1");

    assertThat(state(first, "meter-1")).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(state(first, "meter-2")).isEqualTo(DeliveryState.RECEIVED);
    assertThat(state(second, "meter-1")).isEqualTo(DeliveryState.HELD);
    meter = world.prove(meter("meter-1"), "k2");
    assertThat(world.network.to(meter, Wire.DELIVER)).hasSize(1);
    assertThat(state(second, "meter-1")).isEqualTo(DeliveryState.RECEIVED);
  }

  @Test
  void aVersionThatCountsOnlyLaterLeavesTheOneBeforeItWaitingUntilThen() {
    world.cut(meter);
    Draft first = publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    Draft later = publish(tariff(2, day(3), "0.30"), "meter-1");
    assertThat(state(first, "meter-1")).isEqualTo(DeliveryState.HELD);

    world.pass(Duration.ofDays(3));

    assertThat(state(first, "meter-1")).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(state(later, "meter-1")).isEqualTo(DeliveryState.HELD);
  }

  @Test
  void whatCouldNotBeVoidedWhenTheDayCameIsVoidedALittleLater() {
    world.cut(meter);
    Draft first = publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    Instant begins = LocalDate.parse(day(3)).atStartOfDay(ZoneOffset.UTC).toInstant();
    publish(tariff(2, day(3), "0.30"), "meter-1");
    world.pass(Duration.between(world.clock.instant(), begins).minusSeconds(1));
    world.journal.disk(Disk.FULL);
    world.pass(Duration.ofSeconds(8));
    assertThat(state(first, "meter-1")).isEqualTo(DeliveryState.HELD);

    world.journal.disk(Disk.WELL);
    world.pass(Duration.ofSeconds(5));

    assertThat(state(first, "meter-1")).isEqualTo(DeliveryState.SUPERSEDED);
  }

  @Test
  void anAmendmentTakesThePlaceOnlyOfOneThatItSaysAnew() {
    world.cut(meter);
    PriceSeries series = series(0, "0.20", "0.30", "0.40");
    Draft prices = publish(series, "meter-1");
    Draft second = publish(amendment(series, 2, 0), "meter-1");
    Draft third = publish(amendment(series, 3, 1), "meter-1");
    assertThat(state(second, "meter-1")).isEqualTo(DeliveryState.HELD);

    PriceAmendment all = amendment(series, 4, 0, 1);
    Draft fourth = publish(all, "meter-1");
    assertThat(state(second, "meter-1")).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(state(third, "meter-1")).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(state(prices, "meter-1")).isEqualTo(DeliveryState.HELD);
    assertThat(state(fourth, "meter-1")).isEqualTo(DeliveryState.HELD);
  }

  @Test
  void aSeriesDoesNotTakeThePlaceOfTheOneBeforeIt() {
    world.cut(meter);
    Draft today = publish(series(0, "0.20", "0.30"), "meter-1");
    publish(series(2, "0.20", "0.30"), "meter-1");

    assertThat(state(today, "meter-1")).isEqualTo(DeliveryState.HELD);
  }

  @Test
  void receiptsSayWhoHasItWhoWaitsWhoRefusedAndWhoHasAnEarlierOne() {
    Draft first = publish(tariff(1, "2026-01-01", "0.20"), "meter-1", "meter-2");
    answer(first, "meter-1", new Result.Executed("has it"));
    answer(first, "meter-2", new Result.Executed("has it"));
    world.cut(meter);
    Draft second = publish(tariff(2, "2026-01-01", "0.30"), "meter-1", "meter-3");
    answer(second, "meter-3", refusedForLackOfRoom());

    ObjectNode answer = receipts(supplier, "{}");

    assertThat(answer.get("version").asInt()).isEqualTo(2);
    assertThat(standing(answer, "meter-1")).isEqualTo("waits 1");
    assertThat(standing(answer, "meter-2")).isEqualTo("older 1");
    assertThat(standing(answer, "meter-3")).isEqualTo("refused");
    assertThat(answer.get("counts").toString())
        .isEqualTo("{\"older\":1,\"refused\":1,\"waits\":1}");
  }

  @Test
  void receiptsShowNobodyWhomTheAskerMayNotKnowOf() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1", "meter-2");
    var rival = world.prove(world.pki.identity("rival", Role.TARIFF_PUBLISHER, "branch-7"), "c");

    assertThat(receipts(rival, "{\"offer\":\"northco/home\"}").get("devices")).isEmpty();
  }

  @Test
  void whoAsksGetsTheOrderAsItsPublisherSignedIt() {
    Draft order = publish(tariff(1, "2026-01-01", "0.20"), "meter-1");

    Payload answer =
        world.get(
            supplier, Payload.of(Wire.PUBLICATION, json("{\"order\":\"" + order.id() + "\"}")));

    Sealed sealed = answer.requireSealed();
    assertThat(world.pki.trust().open(sealed, world.clock.instant()).content())
        .isEqualTo(order.command().write());
  }

  @Test
  void whatFailsToReachTheDiskWasNotPublished() {
    world.journal.breakDown(true);
    Draft lost = draft(tariff(2, "2026-01-01", "0.30"), "meter-1");
    assertThat(world.service().request(supplier, true, lost.submit()).toCompletableFuture())
        .isCompletedExceptionally();
    world.journal.breakDown(false);
    world.pass(Duration.ofSeconds(5));

    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");

    assertThat(world.journal.entries(Entry.Published.class)).hasSize(1);
    assertThat(lost.command().header().type()).isEqualTo(DocumentType.COMMAND);
  }
}
