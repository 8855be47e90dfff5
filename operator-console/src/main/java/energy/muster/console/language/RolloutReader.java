// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how an upgrade goes through its devices: what follows the version, in any sequence. */
final class RolloutReader {
  private static final String EXPECTED =
      "of PRODUCT, in waves of, go on at, stop at, at most, pass over, from, until, within or"
          + " because";
  private static final Set<String> STARTS =
      Set.of("of", "in", "go", "stop", "at", "pass", "from", "until", "within", "because");
  private static final Pattern SHARE = Pattern.compile("([1-9][0-9]{0,4})(%?)");

  private final Words words;
  private final Map<String, Word> said = new HashMap<>();
  private Optional<String> product = Optional.empty();
  private List<Share> waves = Rollout.CAREFUL.waves();
  private int proceed = Rollout.CAREFUL.proceed();
  private Share stop = Rollout.CAREFUL.stop();
  private int away = Rollout.CAREFUL.away();
  private Optional<Duration> patience = Rollout.CAREFUL.patience();
  private Optional<URI> source = Optional.empty();
  private Optional<Moment> until = Optional.empty();
  private Optional<String> reason = Optional.empty();

  RolloutReader(Words words) {
    this.words = words;
  }

  FirmwareLine.Upgrade read(Selection targets, FirmwareVersion version, int column) {
    while (words.more()) {
      one();
    }
    Rollout rollout;
    try {
      rollout = new Rollout(waves, proceed, stop, away, patience);
    } catch (IllegalArgumentException e) {
      throw new Hint(column, e.getMessage());
    }
    return new FirmwareLine.Upgrade(
        targets, version, product, rollout, source, until, reason, column);
  }

  private void one() {
    Word word = words.take(EXPECTED);
    switch (word.quoted() ? "" : word.lower()) {
      case "of" -> {
        once(word, "of");
        product = Optional.of(words.take("a product, as firmware shows it").text());
      }
      case "in" -> {
        once(word, "in waves of");
        words.require("waves", "waves of, as in in waves of 1, 10 %");
        words.require("of", "of and how many, as in in waves of 1, 10 %");
        waves = waves();
      }
      case "go" -> {
        once(word, "go on at");
        words.require("on", "on at, as in go on at 90 %");
        words.require("at", "at, as in go on at 90 %");
        proceed = percent();
      }
      case "stop" -> {
        once(word, "stop at");
        words.require("at", "at, as in stop at 2 failures or stop at 5 %");
        stop = share("2 failures or 5 %");
        if (!words.accept("failures")) {
          words.accept("failure");
        }
      }
      case "at" -> {
        once(word, "at most");
        away = away();
      }
      case "pass" -> {
        once(word, "pass over");
        words.require("over", "over, as in pass over after 10 min or pass over nobody");
        patience = Optional.of(patience());
      }
      case "from" -> {
        once(word, "from");
        source = Optional.of(address());
      }
      case "until" -> {
        once(word, "until");
        until = Optional.of(Measures.moment(words));
      }
      case "within" -> {
        once(word, "until");
        until = Optional.of(new Moment.After(Measures.duration(words)));
      }
      case "because" -> {
        once(word, "because");
        reason = Optional.of(new OptionsReader(words).because());
      }
      default ->
          throw Hint.at(
              word,
              "expected " + EXPECTED + ", not " + word + Spelling.didYouMean(word.text(), STARTS));
    }
  }

  private void once(Word word, String option) {
    if (said.putIfAbsent(option, word) != null) {
      throw Hint.at(word, "'" + option + "' is said twice");
    }
  }

  private List<Share> waves() {
    List<Share> shares = new ArrayList<>();
    do {
      if (words.accept("then", "the", "rest") || words.accept("the", "rest")) {
        break;
      }
      shares.add(share("1 or 10 %"));
    } while (words.accept(",") || words.accept("and") || words.follows("then"));
    return shares;
  }

  private Share share(String expected) {
    Word number = words.take(expected);
    Matcher matcher = SHARE.matcher(number.text());
    if (number.quoted() || !matcher.matches()) {
      throw Hint.at(number, "expected " + expected + ", not " + number);
    }
    boolean percent = !matcher.group(2).isEmpty() || words.accept("%");
    try {
      return new Share(Integer.parseInt(matcher.group(1)), percent);
    } catch (IllegalArgumentException e) {
      throw Hint.at(number, e.getMessage());
    }
  }

  private int percent() {
    Word at = words.peek().orElse(null);
    Share share = share("90 %");
    if (!share.percent()) {
      throw Hint.at(at, "a wave goes on at a share of it, as in go on at 90 %");
    }
    return share.number();
  }

  /** {@code at most 1 of a group away}. */
  private int away() {
    words.require("most", "most, as in at most 1 of a group away");
    Word at = words.peek().orElse(null);
    Share share = share("1 of a group away");
    if (share.percent()) {
      throw Hint.at(at, "say how many, as in at most 1 of a group away");
    }
    words.require("of", "of a group away");
    words.accept("a");
    words.require("group", "group away, as in at most 1 of a group away");
    words.require("away", "away, as in at most 1 of a group away");
    return share.number();
  }

  /** {@code pass over after 10 min}, {@code pass over nobody}. */
  private Duration patience() {
    if (words.accept("nobody")) {
      return Rollout.NOBODY;
    }
    words.require("after", "after and how long, as in pass over after 10 min, or nobody");
    return Measures.duration(words);
  }

  private URI address() {
    Word word = words.take("an address, such as https://files.example/firmware");
    try {
      URI address = URI.create(word.text());
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one hint for whatever is no such address.
    }
    throw Hint.at(word, "expected an address that begins with https:// or http://, not " + word);
  }
}
