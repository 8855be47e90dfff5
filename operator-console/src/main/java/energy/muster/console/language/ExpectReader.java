// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a script expects of the line before it, or of the devices. */
final class ExpectReader {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
  private static final List<String> STATES =
      Arrays.stream(DeliveryState.values()).map(DeliveryState::wire).toList();
  private static final List<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::wire).toList();

  private final Words words;
  private final SelectionReader selections;

  ExpectReader(Words words) {
    this.words = words;
    this.selections = new SelectionReader(words);
  }

  Line read() {
    if (!words.more()) {
      throw new Hint(
          words.end(), "expected executed, refused, hint, a number of devices or a device here");
    }
    if (words.accept("hint")) {
      return new Line.ExpectHint();
    }
    if (words.accept("met")) {
      return new Line.ExpectGoal(true);
    }
    if (words.accept("short")) {
      return new Line.ExpectGoal(false);
    }
    Word first = words.peek().orElseThrow();
    if (!first.quoted() && STATES.contains(first.lower())) {
      return outcome();
    }
    if (!first.quoted() && COUNT.matcher(first.text()).matches()) {
      words.take("a number");
      if (!selections.kindFollows()) {
        throw new Hint(
            words.peek().map(Word::start).orElse(words.end()),
            "expected what to count, such as loads or devices");
      }
      Selection.Matching selection = selections.matching();
      return new Line.ExpectCount(Integer.parseInt(first.text()), selection, within());
    }
    return new Line.ExpectState(selections.named(), selections.allConditions(), within());
  }

  private Line outcome() {
    DeliveryState state = DeliveryState.ofWire(words.take("a state").lower()).orElseThrow();
    if (!words.more() || words.follows("within")) {
      return new Line.ExpectOutcome(state, Optional.empty(), within());
    }
    Word word = words.take("a reason");
    if (state != DeliveryState.REFUSED && state != DeliveryState.FAILED) {
      throw Hint.at(word, "only refused and failed have a reason");
    }
    Reason reason =
        Reason.ofWire(word.lower())
            .orElseThrow(
                () ->
                    Hint.at(
                        word,
                        "there is no reason " + word + Spelling.didYouMean(word.text(), REASONS)));
    return new Line.ExpectOutcome(state, Optional.of(reason), within());
  }

  private Optional<Duration> within() {
    return words.accept("within") ? Optional.of(Measures.duration(words)) : Optional.empty();
  }
}
