// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.identity.BareJid;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsPage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service double knows of meters. */
final class MeterDouble {
  private final Map<BareJid, Readings> readings = new HashMap<>();
  final MarketDouble market = new MarketDouble();

  /** Quarters of an hour from then on, in watt-hours. */
  void keep(BareJid meter, Instant start, long... wattHours) {
    Duration step = Duration.ofMinutes(15);
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < wattHours.length; i++) {
      intervals.add(IntervalEnergy.valid(start.plus(step.multipliedBy(i)), wattHours[i], 0));
    }
    readings.put(meter, Readings.of(step, intervals));
  }

  /** Empty where it is asked of something else. */
  Optional<Payload> answer(Payload question) {
    return switch (question.wire()) {
      case STATEMENT -> Optional.of(Payload.empty(Wire.STATEMENT));
      case READINGS -> Optional.of(page(question));
      case TARIFFS, PUBLICATION, RECEIPTS, PROPOSALS, PROPOSAL, CHANGE_SETS ->
          Optional.of(market.answer(question));
      default -> Optional.empty();
    };
  }

  private Payload page(Payload question) {
    BareJid meter = BareJid.parse(question.requireJson().path("meter").asText());
    Instant from = Instant.parse(question.requireJson().path("from").asText());
    Instant until = Instant.parse(question.requireJson().path("until").asText());
    Optional<Readings> known = Optional.ofNullable(readings.get(meter));
    return Payload.of(
        Wire.READINGS,
        new ReadingsPage(
                meter, known.flatMap(all -> all.within(from, until)), known.map(Readings::end))
            .write());
  }
}
