// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.ied.branch.Summing;
import energy.muster.json.Json;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The computer at the head of a branch: it drives nothing and shows the sum of what it hears. */
final class BranchDriver implements Instrument {
  private static final BigDecimal MOST_PERCENT = BigDecimal.valueOf(1_000);

  private final DriverSettings.Branch settings;
  private final Surroundings surroundings;
  private Optional<BranchSum> sum = Optional.empty();

  BranchDriver(DriverSettings.Branch settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  @Override
  public Optional<DriverSettings.Branch> branch() {
    return Optional.of(settings);
  }

  @Override
  public void hear(Collection<Contact> downstream) {
    Optional<BranchSum> next =
        Summing.of(settings.area(), settings.rating(), downstream, settings.rules().transfers());
    if (!next.equals(sum)) {
      sum = next;
      surroundings.changed().run();
    }
  }

  @Override
  public Condition condition() {
    Map<Quantity, BigDecimal> quantities = new EnumMap<>(Quantity.class);
    quantities.put(Quantity.CAPACITY, settings.rating().kilowatts());
    sum.ifPresent(
        known -> {
          quantities.put(Quantity.POWER, known.flow());
          quantities.put(Quantity.LOAD, known.percent().min(MOST_PERCENT));
          quantities.put(Quantity.SHEDDABLE, known.sheddable().kilowatts());
        });
    return new Condition(
        DeviceKind.RTU,
        Operating.NONE,
        Optional.empty(),
        Optional.empty(),
        quantities,
        List.of(),
        sum);
  }

  @Override
  public String called() {
    return "master IED";
  }

  @Override
  public ObjectNode save() {
    return Json.object();
  }

  @Override
  public void close() {
    // It has no timers.
  }

  @Override
  public String reading() {
    return sum.map(known -> known.flow().toPlainString() + " of " + settings.rating())
        .orElse("nothing heard of " + settings.area() + " yet");
  }
}
