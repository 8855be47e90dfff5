// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.exchange.ChangeSet.DataClass;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what is asked about prices, and done because of them. */
final class PriceReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,14}");
  private static final String A_PROPOSAL = "a proposal's number, as proposals shows it";
  private static final String OFFER = "a tariff or series, such as northco/home";

  private final Words words;

  PriceReader(Words words) {
    this.words = words;
  }

  /** {@code tariff [northco/home]}. */
  Line tariff() {
    return new Line.TariffNow(offer());
  }

  /** {@code price now [northco/home]}. */
  Line price() {
    words.require("now", "now, as in price now; or prices tomorrow");
    return new Line.PriceNow(offer());
  }

  /** {@code prices tomorrow [northco/home]}. */
  Line prices() {
    Word day = words.take("today, tomorrow or a date such as 2026-11-23");
    Line.Day which;
    if (day.is("today")) {
      which = new Line.Day(0, Optional.empty());
    } else if (day.is("tomorrow")) {
      which = new Line.Day(1, Optional.empty());
    } else {
      try {
        which = new Line.Day(0, Optional.of(LocalDate.parse(day.text())));
      } catch (DateTimeException e) {
        throw Hint.at(day, "expected today, tomorrow or a date such as 2026-11-23, not " + day);
      }
    }
    return new Line.PricesOn(which, offer());
  }

  /** {@code who has tariff northco/home version 2}, after {@code who has}. */
  Line whoHas() {
    Word what = words.take("tariff or prices");
    if (!what.is("tariff") && !what.is("prices")) {
      throw Hint.at(what, "expected tariff or prices, not " + what);
    }
    boolean prices = what.is("prices");
    Optional<Name> offer = words.follows("version") || numberFollows() ? Optional.empty() : offer();
    boolean said = words.accept("version");
    Optional<Long> version =
        said || (!prices && words.more()) ? Optional.of(number("a version")) : Optional.empty();
    return new Line.WhoHas(prices, offer, version);
  }

  private boolean numberFollows() {
    return words.peek().filter(word -> NUMBER.matcher(word.text()).matches()).isPresent();
  }

  /** {@code accept proposal 3}, after {@code accept proposal}. */
  Line accept() {
    return new Line.AcceptProposal(number(A_PROPOSAL));
  }

  /** {@code release proposal 3}, after {@code release proposal}. */
  Line release() {
    return new Line.ReleaseProposal(number(A_PROPOSAL));
  }

  /** {@code changes tariffs with billing into FOLDER}. */
  Line changes() {
    Word what = words.take(classes());
    DataClass dataClass =
        DataClass.ofWire(what.lower())
            .orElseThrow(() -> Hint.at(what, "expected " + classes() + ", not " + what));
    List<String> flags = new ArrayList<>();
    if (words.accept("with")) {
      do {
        flags.add(words.take("a flag, such as billing").lower());
      } while (words.accept(",") || words.accept("and"));
    }
    words.require("into", "into and a folder");
    Word folder = words.take("a folder");
    if (folder.text().isBlank()) {
      throw Hint.at(folder, "expected a folder");
    }
    return new Line.Changes(dataClass, flags, folder.text());
  }

  private static String classes() {
    return Arrays.stream(DataClass.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private Optional<Name> offer() {
    return words.more() ? Optional.of(new SelectionReader(words).name(OFFER)) : Optional.empty();
  }

  private long number(String what) {
    Word word = words.take(what);
    if (word.quoted() || !NUMBER.matcher(word.text()).matches()) {
      throw Hint.at(word, "expected " + what + ", not " + word);
    }
    return Long.parseLong(word.text());
  }
}
