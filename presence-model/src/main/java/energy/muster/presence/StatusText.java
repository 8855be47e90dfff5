// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Presence in one line for a person with any chat client, such as "OFF, ready, fuel 81 %". */
public final class StatusText {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final List<Quantity> SPOKEN =
      List.of(
          Quantity.POWER,
          Quantity.LOAD,
          Quantity.LIMIT,
          Quantity.FUEL,
          Quantity.TEMPERATURE,
          Quantity.ENERGY);

  private StatusText() {}

  public static String of(DevicePresence presence, ZoneId zone) {
    StringJoiner line = new StringJoiner(", ");
    presence
        .position()
        .ifPresentOrElse(
            position -> line.add(position.wire().toUpperCase(Locale.ROOT)),
            () -> {
              if (presence.operating() != Operating.NONE) {
                line.add(presence.operating().wire().toUpperCase(Locale.ROOT));
              }
            });
    presence
        .restriction()
        .ifPresentOrElse(
            restriction -> line.add(describe(restriction, zone)),
            () -> {
              if (presence.operating() == Operating.OFF && presence.position().isEmpty()) {
                line.add("ready");
              }
            });
    for (Quantity quantity : SPOKEN) {
      presence.quantity(quantity).ifPresent(value -> line.add(describe(quantity, value)));
    }
    presence.faults().forEach(fault -> line.add("fault " + fault));
    return line.toString();
  }

  private static String describe(Quantity quantity, BigDecimal value) {
    String number = value.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    String name = quantity == Quantity.POWER ? "" : quantity.wire() + " ";
    return name + number + " " + quantity.spokenUnit();
  }

  private static String describe(Restriction restriction, ZoneId zone) {
    String text = restriction.note().isEmpty() ? restriction.reason().wire() : restriction.note();
    return restriction
        .until()
        .map(instant -> text + " (until " + CLOCK.format(instant.atZone(zone)) + ")")
        .orElse(text);
  }
}
