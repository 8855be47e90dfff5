// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.identity.Area;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which devices are meant, and what is to be true of them. */
final class SelectionReader {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /** The plural selects; the singular is taken too, because people type it. */
  static final Map<String, Optional<DeviceKind>> KINDS =
      Map.ofEntries(
          Map.entry("devices", Optional.empty()),
          Map.entry("everything", Optional.empty()),
          Map.entry("loads", Optional.of(DeviceKind.LOAD)),
          Map.entry("load", Optional.of(DeviceKind.LOAD)),
          Map.entry("generators", Optional.of(DeviceKind.GENERATOR)),
          Map.entry("generator", Optional.of(DeviceKind.GENERATOR)),
          Map.entry("breakers", Optional.of(DeviceKind.BREAKER)),
          Map.entry("breaker", Optional.of(DeviceKind.BREAKER)),
          Map.entry("switches", Optional.of(DeviceKind.BREAKER)),
          Map.entry("switch", Optional.of(DeviceKind.BREAKER)),
          Map.entry("meters", Optional.of(DeviceKind.METER)),
          Map.entry("meter", Optional.of(DeviceKind.METER)),
          Map.entry("relays", Optional.of(DeviceKind.RELAY)),
          Map.entry("relay", Optional.of(DeviceKind.RELAY)),
          Map.entry("rtus", Optional.of(DeviceKind.RTU)),
          Map.entry("rtu", Optional.of(DeviceKind.RTU)));

  static final Map<String, Condition> STATES =
      Map.ofEntries(
          Map.entry("on", new Condition.Runs(Operating.ON)),
          Map.entry("off", new Condition.Runs(Operating.OFF)),
          Map.entry("starting", new Condition.Runs(Operating.STARTING)),
          Map.entry("stopping", new Condition.Runs(Operating.STOPPING)),
          Map.entry("open", new Condition.Stands(Position.OPEN)),
          Map.entry("closed", new Condition.Stands(Position.CLOSED)),
          Map.entry("available", new Condition.Available()),
          Map.entry("unavailable", new Condition.Unavailable()),
          Map.entry("restricted", new Condition.Restricted()),
          Map.entry("faulty", new Condition.Faulty()));

  private static final List<String> LEAD_IN = List.of("that", "which", "with");
  private static final List<String> COMPARISONS = List.of("above", "below");
  private static final List<String> FREE_AREA = List.of("area", "group");
  private static final List<String> PREFIXED_AREA = List.of("branch", "feeder", "tier");
  private static final Set<String> KEYWORDS =
      Stream.of(
              KINDS.keySet(),
              STATES.keySet(),
              LEAD_IN,
              COMPARISONS,
              FREE_AREA,
              PREFIXED_AREA,
              List.of("all", "and", "in", "on", "are", "is", "have", "not", "except", "now"))
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** As many as an order can carry along. */
  private static final int MOST = Precondition.MAX_BOUNDS;

  private final Words words;

  SelectionReader(Words words) {
    this.words = words;
  }

  /** Whether this means something in a description and is therefore no name unless it is quoted. */
  static boolean keyword(String text) {
    return KEYWORDS.contains(text);
  }

  /** Whether a kind follows and not a name. */
  boolean kindFollows() {
    return words
        .peek()
        .filter(word -> !word.quoted())
        .filter(word -> word.is("all") || KINDS.containsKey(word.lower()))
        .isPresent();
  }

  /** Devices that must be named or described: nobody gives an order to nobody in particular. */
  Selection required() {
    int mark = words.mark();
    if (words.accept("all") && !kindFollows()) {
      throw new Hint(
          words.peek().map(Word::start).orElse(words.end()),
          "expected what all are: all loads, all generators, all switches, all meters or all devices");
    }
    words.reset(mark);
    return kindFollows() ? matching() : named();
  }

  /** What is to be seen, which is a matter of where and what devices are, not of how. */
  Selection scope() {
    int column = words.peek().map(Word::start).orElse(words.end());
    if (words.followsAny(PREFIXED_AREA) || words.followsAny(FREE_AREA)) {
      return new Selection.Matching(
          Optional.empty(), Optional.of(areaNamed()), List.of(), List.of(), column);
    }
    Selection about = required();
    if (about instanceof Selection.Matching matching
        && !(matching.conditions().isEmpty() && matching.except().isEmpty())) {
      throw new Hint(
          matching.column(),
          "a view is of areas, kinds or devices and shows them however they are;"
              + " who loads that are on lists by state");
    }
    return about;
  }

  /** Those a goal may be reached with: an area means the loads in it. */
  Selection candidates() {
    Optional<Word> first = words.peek().filter(word -> !word.quoted());
    boolean place =
        first
            .map(Word::lower)
            .filter(word -> PREFIXED_AREA.contains(word) || FREE_AREA.contains(word))
            .isPresent();
    if (!place) {
      return required();
    }
    int column = first.orElseThrow().start();
    Area area = areaNamed();
    List<Condition> conditions = conditions();
    return new Selection.Matching(
        Optional.of(DeviceKind.LOAD), Optional.of(area), conditions, except(), column);
  }

  /** A description; everything when the line ends here. */
  Selection.Matching matching() {
    int column = words.peek().map(Word::start).orElse(words.end());
    boolean all = words.accept("all");
    Optional<DeviceKind> kind = Optional.empty();
    if (kindFollows()) {
      kind = KINDS.get(words.take("a kind of device").lower());
    } else if (all && words.more() && !conditionFollows() && !words.follows("on")) {
      Word word = words.take("a kind of device");
      throw Hint.at(
          word,
          "expected loads, generators, switches, meters or devices, not "
              + word
              + Spelling.didYouMean(word.text(), KINDS.keySet()));
    }
    Optional<Area> area = area();
    List<Condition> conditions = conditions();
    return new Selection.Matching(kind, area, conditions, except(), column);
  }

  private List<Name> except() {
    return words.accept("except") ? named().names() : List.of();
  }

  Selection.Named named() {
    List<Name> names = new ArrayList<>();
    do {
      names.add(name("a device, such as load-48, or a kind, such as loads"));
    } while (words.accept(",") || words.accept("and"));
    return new Selection.Named(names);
  }

  Name name(String expected) {
    Word word = words.take(expected);
    if (word.text().isBlank() || word.is(",")) {
      throw Hint.at(word, "expected " + expected + ", not " + word);
    }
    return new Name(word.lower(), word.start());
  }

  private Optional<Area> area() {
    // "restore loads in 3 steps" says how, not where.
    if (words.follows("in") && stepsFollow()) {
      return Optional.empty();
    }
    if (!words.accept("on") && !words.accept("in")) {
      return Optional.empty();
    }
    return Optional.of(areaNamed());
  }

  private Area areaNamed() {
    Word first = words.take("an area, such as branch 60");
    String name = first.text();
    if (!first.quoted() && PREFIXED_AREA.contains(first.lower())) {
      name = first.lower() + "-" + words.take("the number, as in branch 60").text();
    } else if (!first.quoted() && FREE_AREA.contains(first.lower())) {
      name = words.take("a name, as in group critical-loads").text();
    }
    try {
      return new Area(name);
    } catch (Refused e) {
      throw Hint.at(first, e.refusal().text());
    }
  }

  private boolean stepsFollow() {
    int mark = words.mark();
    words.accept("in");
    boolean steps = words.follows("steps");
    if (!steps && words.more()) {
      words.take("a number");
      steps = words.follows("steps") || words.follows("step");
    }
    words.reset(mark);
    return steps;
  }

  private List<Condition> conditions() {
    if (!conditionFollows()) {
      return List.of();
    }
    if (!COMPARISONS.contains(words.peek().map(Word::lower).orElse(""))) {
      words.take("that are");
    }
    return allConditions();
  }

  /** One condition and more joined by {@code and}. */
  List<Condition> allConditions() {
    List<Condition> conditions = new ArrayList<>();
    do {
      if (conditions.size() == MOST) {
        throw new Hint(
            words.peek().map(Word::start).orElse(words.end()),
            "at most " + MOST + " conditions at once");
      }
      conditions.add(condition());
    } while (words.accept("and"));
    return conditions;
  }

  private boolean conditionFollows() {
    return words.followsAny(LEAD_IN) || words.followsAny(COMPARISONS);
  }

  private Condition condition() {
    words.accept("that");
    words.accept("which");
    if (!words.accept("are") && !words.accept("is")) {
      words.accept("have");
    }
    if (words.accept("not")) {
      return new Condition.Not(condition());
    }
    String expected =
        "on, off, available, restricted, unavailable, faulty, open, closed or above 10 kW";
    Word word = words.take(expected);
    if (word.is("above") || word.is("below")) {
      return compared(Optional.empty(), word.is("above"));
    }
    Optional<Quantity> quantity = word.quoted() ? Optional.empty() : Quantity.ofWire(word.lower());
    if (quantity.isPresent()) {
      Word comparison = words.take("above or below");
      if (!comparison.is("above") && !comparison.is("below")) {
        throw Hint.at(comparison, "expected above or below, not " + comparison);
      }
      return compared(quantity, comparison.is("above"));
    }
    Condition state = word.quoted() ? null : STATES.get(word.lower());
    if (state == null) {
      throw Hint.at(
          word,
          "expected "
              + expected
              + ", not "
              + word
              + Spelling.didYouMean(word.text(), STATES.keySet()));
    }
    return state;
  }

  /** Without a quantity, a per cent is the load and a power is the power. */
  private Condition compared(Optional<Quantity> named, boolean above) {
    Measures.Measure measure = Measures.measure(words, "a value such as 30 % or 10 kW");
    boolean megawatts = measure.unit().equals("mw");
    String unit = megawatts ? "kw" : measure.unit();
    BigDecimal value = megawatts ? measure.number().multiply(THOUSAND) : measure.number();
    Quantity quantity =
        named.orElseGet(
            () ->
                switch (unit) {
                  case "%" -> Quantity.LOAD;
                  case "kw" -> Quantity.POWER;
                  case "kwh" -> Quantity.ENERGY;
                  case "°c" -> Quantity.TEMPERATURE;
                  default ->
                      throw Hint.at(
                          measure.at(), "'" + unit + "' is no unit here: %, kW, MW, kWh or °C");
                });
    boolean celsius = quantity == Quantity.TEMPERATURE && unit.equals("c");
    if (!celsius && !quantity.spokenUnit().equalsIgnoreCase(unit)) {
      throw Hint.at(measure.at(), quantity.wire() + " is measured in " + quantity.spokenUnit());
    }
    return new Condition.Compared(quantity, above, value);
  }
}
