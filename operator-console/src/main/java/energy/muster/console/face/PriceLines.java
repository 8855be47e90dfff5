// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Event;
import energy.muster.console.session.Priced;
import energy.muster.response.ShedProposal;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;

/** What energy costs, who knows it, and what is proposed because of it. */
final class PriceLines {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final int NAME_WIDTH = 28;
  private static final int STATE_WIDTH = 12;

  private final Lines lines;
  private final Paint paint;
  private final Screen screen;

  PriceLines(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.screen = lines.screen();
  }

  /** Whether it was about prices. */
  boolean show(Event event) {
    if (event instanceof Event.TariffsShown shown) {
      tariffs(shown);
    } else if (event instanceof Event.PricesShown shown) {
      prices(shown);
    } else if (event instanceof Event.ReceiptsShown shown) {
      receipts(shown);
    } else if (event instanceof Event.ProposalsShown shown) {
      shown.proposals().forEach(each -> proposal(each, shown.at()));
      screen.print(paint.quiet(count(shown.proposals().size(), "proposal")));
    } else if (event instanceof Event.Copied copied) {
      screen.print(
          copied.dataClass().wire()
              + ": "
              + count(copied.sets(), "change set")
              + " taken, "
              + count(copied.files().size(), "file")
              + " written; now at "
              + copied.upTo());
    } else {
      return false;
    }
    return true;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void tariffs(Event.TariffsShown shown) {
    shown.now().forEach(tariff -> tariff(tariff, "since " + tariff.validity().from()));
    shown.coming().forEach(tariff -> tariff(tariff, "from " + tariff.validity().from() + " on"));
    shown
        .series()
        .forEach(series -> screen.print(Speech.padded(series.toString(), NAME_WIDTH) + "prices"));
    if (shown.now().isEmpty() && shown.coming().isEmpty() && shown.series().isEmpty()) {
      screen.print("nobody has published what energy costs");
    }
  }

  private void tariff(Tariff tariff, String when) {
    screen.print(
        Speech.padded(tariff.name().toString(), NAME_WIDTH)
            + "version "
            + tariff.version()
            + ", "
            + when
            + tariff.validity().until().map(end -> " until " + end).orElse("")
            + ", "
            + tariff.currency()
            + ", "
            + tariff.validity().zone()
            + ": "
            + Speech.clean(tariff.title()));
  }

  private void prices(Event.PricesShown shown) {
    Priced priced = shown.priced();
    ZoneId zone = priced.zone();
    screen.print(
        paint.strong(priced.document())
            + shown.day().map(day -> ", " + day).orElse("")
            + ", "
            + priced.currency()
            + " a kWh, "
            + zone);
    for (Priced.Row row : priced.rows()) {
      screen.print(
          "  "
              + time(row.from(), zone)
              + " to "
              + time(row.until(), zone)
              + "  "
              + Speech.padded(amount(row.perKwh()), STATE_WIDTH)
              + (row.lastTier().equals(row.perKwh())
                  ? ""
                  : "to " + Speech.padded(amount(row.lastTier()), STATE_WIDTH))
              + Speech.clean(row.when()));
    }
  }

  private static String time(Instant at, ZoneId zone) {
    return CLOCK.format(at.atZone(zone));
  }

  private static String amount(Optional<BigDecimal> price) {
    return price.map(BigDecimal::toPlainString).orElse("unknown");
  }

  private void receipts(Event.ReceiptsShown shown) {
    screen.print(
        paint.strong(shown.document())
            + ": "
            + shown.counts().entrySet().stream()
                .map(each -> each.getValue() + " " + words(each.getKey()))
                .collect(Collectors.joining(", ")));
    for (Event.Holder holder : shown.devices()) {
      screen.print(
          "  "
              + TextFace.name(holder.device())
              + Speech.padded(coloured(holder.state()), STATE_WIDTH)
              + (holder.state().equals("has")
                  ? ""
                  : holder
                      .version()
                      .map(version -> "has version " + version + "; ")
                      .orElse("has none; "))
              + holder.at().map(at -> lines.speech().time(at, shown.at()) + " ").orElse("")
              + Speech.clean(holder.text()));
    }
    if (shown.left() > 0) {
      screen.print(paint.quiet("and " + shown.left() + " more"));
    }
  }

  private static String words(String state) {
    return switch (state) {
      case "has" -> "have it";
      case "waits" -> "wait for it";
      case "older" -> "have an older one";
      case "newer" -> "have a newer one";
      case "none" -> "were not sent it";
      default -> Speech.clean(state);
    };
  }

  private String coloured(String state) {
    return switch (state) {
      case "has" -> paint.good(state);
      case "waits", "newer", "superseded" -> paint.quiet(state);
      default -> paint.bad(Speech.clean(state));
    };
  }

  private void proposal(ShedProposal proposal, Instant now) {
    screen.print(
        Speech.padded(String.valueOf(proposal.number()), 5)
            + Speech.padded(proposal.state().wire(), STATE_WIDTH)
            + "shed "
            + proposal.shed()
            + " from "
            + proposal.area().name()
            + ", "
            + lines.speech().time(proposal.from(), now)
            + " to "
            + lines.speech().time(proposal.until(), now)
            + ": "
            + proposal.offer()
            + " costs up to "
            + proposal.perKwh().toPlainString()
            + " "
            + Speech.clean(proposal.currency())
            + " a kWh"
            + proposal.by().map(by -> "; by " + by.local()).orElse("")
            + proposal.order().map(order -> ", order " + order.brief()).orElse(""));
  }
}
