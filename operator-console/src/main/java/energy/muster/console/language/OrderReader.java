// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.RestrictionReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what is to be signed and sent to devices, and under which condition. */
final class OrderReader {
  private static final Map<String, Function<OrderReader, Line.Order>> VERBS = new TreeMap<>();

  static {
    VERBS.put("shed", OrderReader::shed);
    VERBS.put("restore", OrderReader::restore);
    VERBS.put("start", reader -> reader.plain(Verb.START));
    VERBS.put("stop", reader -> reader.plain(Verb.STOP));
    VERBS.put("release", reader -> reader.plain(Verb.RELEASE));
    VERBS.put("read", reader -> reader.plain(Verb.READ));
    VERBS.put("open", reader -> reader.operate(Verb.OPEN));
    VERBS.put("close", reader -> reader.operate(Verb.CLOSE));
    VERBS.put("select", OrderReader::select);
    VERBS.put("limit", reader -> reader.power(Instruction.Limit::new));
    VERBS.put("set", reader -> reader.power(Instruction.SetPoint::new));
    VERBS.put("restrict", OrderReader::restrict);
    VERBS.put("overrule", OrderReader::overrule);
    VERBS.put("lift", OrderReader::lift);
    VERBS.put("configure", OrderReader::configure);
    VERBS.put("when", OrderReader::when);
    VERBS.put("emergency", OrderReader::urgently);
  }

  /** Less than an order may take at the most, and over a long weekend. */
  private static final Window FOR_WHO_IS_AWAY = Window.within(Duration.ofDays(6));

  private static final Pattern STEPS = Pattern.compile("[1-9][0-9]?");
  private static final String NOT_LATER =
      "open and close select the point first, which holds for 30 s: they are given when they are"
          + " to happen";

  private final Words words;
  private final SelectionReader selections;

  OrderReader(Words words) {
    this.words = words;
    this.selections = new SelectionReader(words);
  }

  /** The first words an order may have. */
  static List<String> verbs() {
    return List.copyOf(VERBS.keySet());
  }

  /** Reads the order after its first word. */
  Line.Order read(String verb) {
    return VERBS.get(verb).apply(this);
  }

  /** The order after something that was said before it. */
  private Line.Order next() {
    Word verb = words.take("an order, such as start gen-3");
    if (verb.quoted() || !VERBS.containsKey(verb.lower())) {
      throw Hint.at(
          verb,
          "expected an order, such as start gen-3, not "
              + verb
              + Spelling.didYouMean(verb.text(), VERBS.keySet()));
    }
    return read(verb.lower());
  }

  private Line.Order urgently() {
    Line.Order order = next();
    return new Line.Order(order.act(), order.targets(), order.options().urgently());
  }

  /** {@code when gen-3 is available: start gen-3}; each device judges only itself. */
  private Line.Order when() {
    int column = words.peek().map(Word::start).orElse(words.end());
    if (selections.kindFollows()) {
      throw new Hint(
          column, "name the device that the order is for, as in when gen-3 is available");
    }
    Selection.Named watched = selections.named();
    Precondition state = new StateReader(words).read(true);
    if (!words.accept(":") && !words.accept(",")) {
      words.require("then", ": and an order, as in when gen-3 is available: start gen-3");
    }
    int start = words.peek().map(Word::start).orElse(words.end());
    Line.Order order = next();
    if (!(order.targets() instanceof Selection.Named named) || !same(watched, named)) {
      throw new Hint(start, "each device judges itself: the order is for whom the condition names");
    }
    if (order.options().when().isPresent()) {
      throw new Hint(start, "one condition is enough; join them, as in is on and available");
    }
    Line.Order waiting =
        new Line.Order(order.act(), order.targets(), order.options().awaiting(state));
    requireNoTime(waiting, start);
    return waiting;
  }

  private static void requireNoTime(Line.Order order, int column) {
    if (order.act() instanceof Act.Operate) {
      throw new Hint(column, NOT_LATER);
    }
    if (order.options().window().at().isPresent()) {
      throw new Hint(column, "an order waits for a time or for a state, not for both");
    }
    if (order.options().until().filter(Moment.After.class::isInstance).isPresent()) {
      throw new Hint(
          column,
          "'for' counts from now, and nobody knows when this begins; say until, as in until 18:00");
    }
  }

  private static boolean same(Selection.Named one, Selection.Named other) {
    return new HashSet<>(texts(one)).equals(new HashSet<>(texts(other)));
  }

  private static List<String> texts(Selection.Named named) {
    return named.names().stream().map(Name::text).collect(Collectors.toList());
  }

  /** {@code overrule load-48 prices for 2 h because guests}. */
  private Line.Order overrule() {
    Selection devices = selections.required();
    words.require("prices", "prices, as in overrule load-48 prices for 2 h");
    int column = words.peek().map(Word::start).orElse(words.end());
    Line.Order order = order(new Act.Give(new Instruction.Overrule(false)), devices);
    if (order.options().until().isEmpty()) {
      throw new Hint(column, "say for how long, as in for 2 h or until 18:00");
    }
    return order;
  }

  /** {@code lift load-48 prices}: it goes by them again. */
  private Line.Order lift() {
    Selection devices = selections.required();
    words.require("prices", "prices, as in lift load-48 prices");
    int column = words.peek().map(Word::start).orElse(words.end());
    Line.Order order = order(new Act.Give(new Instruction.Overrule(true)), devices);
    if (order.options().until().isPresent()) {
      throw new Hint(column, "prices count again from then on: leave out for and until");
    }
    return order;
  }

  private Line.Order configure() {
    Selection devices = selections.required();
    return order(new SettingsReader(words).read(), devices);
  }

  /** {@code publish tariff home.json}, or {@code publish prices friday.json to loads}. */
  Line.Order publish() {
    Act.Prices what = words.accept("tariff") ? Act.Prices.TARIFF : Act.Prices.SERIES;
    if (what == Act.Prices.SERIES) {
      words.require("prices", "tariff, prices, duty or policy, and a file");
    }
    Word file = words.take("a file");
    if (file.text().isBlank()) {
      throw Hint.at(file, "expected a file");
    }
    Selection meters =
        new Selection.Matching(
            Optional.of(DeviceKind.METER), Optional.empty(), List.of(), List.of(), file.start());
    Selection devices = words.accept("to") ? selections.required() : meters;
    Line.Order order =
        order(new Act.Publish(what, new Act.InFile(file.text(), file.start())), devices);
    // Whoever is away finds it when they return.
    return order.options().window().equals(Window.NONE)
        ? new Line.Order(order.act(), order.targets(), order.options().in(FOR_WHO_IS_AWAY))
        : order;
  }

  private Line.Order plain(Verb verb) {
    return order(new Act.Give(Instruction.plain(verb)), selections.required());
  }

  /** {@code shed load-48}, or {@code shed 500 kW from branch 60}. */
  private Line.Order shed() {
    Optional<Word> first = words.peek().filter(word -> !word.quoted());
    if (first.filter(word -> Character.isDigit(word.text().charAt(0))).isEmpty()) {
      return plain(Verb.SHED);
    }
    Power power = Measures.power(words);
    if (power.equals(Power.ZERO)) {
      throw Hint.at(first.orElseThrow(), "a goal is more than nothing");
    }
    words.require("from", "from and who, as in from branch 60");
    Line.Order order = order(new Act.Reach(new Goal(power)), selections.candidates());
    if (order.options().awaits() || order.options().window().at().isPresent()) {
      throw Hint.at(first.orElseThrow(), "a goal is pursued at once: it does not wait");
    }
    return order;
  }

  /** {@code restore load-48}, or {@code restore loads in 4 steps every 2 min}. */
  private Line.Order restore() {
    Selection devices = selections.required();
    if (!words.accept("in")) {
      return order(new Act.Give(Instruction.plain(Verb.RESTORE)), devices);
    }
    int column = words.peek().map(Word::start).orElse(words.end());
    OptionalInt count = OptionalInt.empty();
    Optional<Power> each = Optional.empty();
    if (words.accept("steps")) {
      words.require("of", "of and a power, as in steps of 50 kW");
      each = Optional.of(Measures.power(words));
    } else {
      count = OptionalInt.of(steps());
    }
    words.require("every", "every and a time, as in every 2 min");
    Duration every = Measures.duration(words);
    Line.Order order = order(new Act.Ramp(count, each, every), devices);
    if (order.options().patient()) {
      throw new Hint(column, "the steps say when each begins; leave out at, by, within and when");
    }
    return order;
  }

  private int steps() {
    Word number = words.take("a number of steps, as in 4 steps");
    if (number.quoted() || !STEPS.matcher(number.text()).matches()) {
      throw Hint.at(number, "expected 2 to 99 steps, as in 4 steps, not " + number);
    }
    words.require("steps", "steps, as in 4 steps every 2 min");
    int steps = Integer.parseInt(number.text());
    if (steps < 2) {
      throw Hint.at(number, "one step is no ramp; leave it out");
    }
    return steps;
  }

  private Line.Order operate(Verb verb) {
    Selection point = one(verb);
    int column = words.peek().map(Word::start).orElse(words.end());
    Line.Order order = order(new Act.Operate(verb), point);
    if (order.options().awaits() || order.options().window().at().isPresent()) {
      throw new Hint(column, NOT_LATER);
    }
    return order;
  }

  private Line.Order select() {
    Selection point = one(Verb.SELECT);
    Optional<Verb> then = Optional.empty();
    if (words.accept("to")) {
      Word word = words.take("open or close");
      if (!word.is("open") && !word.is("close")) {
        throw Hint.at(word, "expected open or close, not " + word);
      }
      then = Optional.of(Verb.named(word.lower()));
    }
    return order(new Act.Reserve(then), point);
  }

  /** A point is selected, looked at and operated by itself. */
  private Selection one(Verb verb) {
    int column = words.peek().map(Word::start).orElse(words.end());
    if (selections.kindFollows()) {
      throw new Hint(column, verb + " takes one switch at a time, such as sw3");
    }
    Selection.Named named = selections.named();
    if (named.names().size() > 1) {
      throw new Hint(
          named.names().get(1).column(), verb + " takes one switch at a time, such as sw3");
    }
    return named;
  }

  private Line.Order power(Function<Power, Instruction> instruction) {
    Selection devices = selections.required();
    words.require("to", "to and a power, as in to 20 kW");
    return order(new Act.Give(instruction.apply(Measures.power(words))), devices);
  }

  private Line.Order restrict() {
    Selection devices = selections.required();
    Word word = words.take("maintenance or instructed");
    RestrictionReason reason =
        RestrictionReason.ofWire(word.lower())
            .filter(
                known ->
                    known == RestrictionReason.MAINTENANCE || known == RestrictionReason.INSTRUCTED)
            .orElseThrow(() -> Hint.at(word, "expected maintenance or instructed, not " + word));
    int column = words.peek().map(Word::start).orElse(words.end());
    Options options = new OptionsReader(words).read();
    try {
      Instruction instruction = new Instruction.Restrict(reason, options.reason().orElse(""));
      return new Line.Order(new Act.Give(instruction), devices, options);
    } catch (IllegalArgumentException e) {
      throw new Hint(column, e.getMessage());
    }
  }

  private Line.Order order(Act act, Selection targets) {
    return new Line.Order(act, targets, new OptionsReader(words).read());
  }
}
