// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.presence.RestrictionReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads one line into what it means, or throws a {@link Hint} and nothing else. */
public final class LineReader {
  private static final int LONGEST = 4000;

  private static final Map<String, Function<LineReader, Line>> VERBS = new TreeMap<>();

  static {
    VERBS.put("who", LineReader::who);
    VERBS.put("status", LineReader::status);
    VERBS.put("shed", reader -> reader.plain(Verb.SHED));
    VERBS.put("restore", reader -> reader.plain(Verb.RESTORE));
    VERBS.put("start", reader -> reader.plain(Verb.START));
    VERBS.put("stop", reader -> reader.plain(Verb.STOP));
    VERBS.put("release", reader -> reader.plain(Verb.RELEASE));
    VERBS.put("read", reader -> reader.plain(Verb.READ));
    VERBS.put("open", reader -> reader.operate(Verb.OPEN));
    VERBS.put("close", reader -> reader.operate(Verb.CLOSE));
    VERBS.put("select", LineReader::select);
    VERBS.put("limit", reader -> reader.power(Instruction.Limit::new));
    VERBS.put("set", reader -> reader.power(Instruction.SetPoint::new));
    VERBS.put("restrict", LineReader::restrict);
    VERBS.put("let", LineReader::let);
    VERBS.put("orders", LineReader::orders);
    VERBS.put("order", LineReader::order);
    VERBS.put("export", LineReader::export);
    VERBS.put("follow", reader -> reader.follow(true));
    VERBS.put("unfollow", reader -> reader.follow(false));
    VERBS.put("expect", reader -> new ExpectReader(reader.words).read());
    VERBS.put("help", LineReader::help);
    VERBS.put("quit", reader -> new Line.Quit());
    VERBS.put("exit", reader -> new Line.Quit());
  }

  private final Words words;
  private final SelectionReader selections;

  private LineReader(Words words) {
    this.words = words;
    this.selections = new SelectionReader(words);
  }

  /** The first words a line may have, sorted. */
  public static List<String> verbs() {
    return List.copyOf(VERBS.keySet());
  }

  /** Reads a line; one that cannot be understood is a {@link Hint}. */
  public static Line read(String line) {
    if (line.length() > LONGEST) {
      throw new Hint(LONGEST, "a line has at most " + LONGEST + " characters");
    }
    Words words = Words.of(line);
    if (!words.more()) {
      return new Line.Blank();
    }
    Word verb = words.take("a verb");
    Function<LineReader, Line> reader = verb.quoted() ? null : VERBS.get(verb.lower());
    if (reader == null) {
      String near = Spelling.didYouMean(verb.text(), VERBS.keySet());
      throw Hint.at(
          verb, "there is no " + verb + (near.isEmpty() ? "; help lists what there is" : near));
    }
    Line read = reader.apply(new LineReader(words));
    words.end("the end of the line");
    return read;
  }

  private Line who() {
    return new Line.Who(anyOrAll());
  }

  private Selection anyOrAll() {
    boolean described =
        !words.more()
            || selections.kindFollows()
            || words.followsAny(List.of("on", "in", "that", "which", "with", "above", "below"));
    return described ? selections.matching() : selections.named();
  }

  private Line status() {
    Selection devices = selections.required();
    if (words.accept("now")) {
      return order(new Act.Give(Instruction.plain(Verb.READ)), devices);
    }
    words.end("now or the end of the line");
    return new Line.Status(devices);
  }

  private Line plain(Verb verb) {
    return order(new Act.Give(Instruction.plain(verb)), selections.required());
  }

  private Line operate(Verb verb) {
    return order(new Act.Operate(verb), one(verb));
  }

  private Line select() {
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

  private Line power(Function<Power, Instruction> instruction) {
    Selection devices = selections.required();
    words.require("to", "to and a power, as in to 20 kW");
    return order(new Act.Give(instruction.apply(Measures.power(words))), devices);
  }

  private Line restrict() {
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

  private Line order(Act act, Selection targets) {
    return new Line.Order(act, targets, new OptionsReader(words).read());
  }

  private Line let() {
    Name viewer = selections.name("who may look, as in let visitor look at gen-2 until 18:00");
    words.require("look", "look at");
    words.require("at", "at and a device");
    Selection devices = selections.required();
    if (words.accept("for")) {
      return new Line.Let(viewer, devices, new Moment.After(Measures.duration(words)));
    }
    words.require("until", "until 18:00 or for 2 h: a grant always ends");
    return new Line.Let(viewer, devices, Measures.moment(words));
  }

  private Line orders() {
    if (!words.more()) {
      return new Line.Orders(Line.Filter.MINE);
    }
    Word word = words.take("mine, held, failed or all");
    for (Line.Filter filter : Line.Filter.values()) {
      if (word.is(filter.name().toLowerCase(Locale.ROOT))) {
        return new Line.Orders(filter);
      }
    }
    throw Hint.at(word, "expected mine, held, failed or all, not " + word);
  }

  private Line order() {
    return new Line.OrderDetail(selections.name("an order's id, as orders shows it"));
  }

  private Line export() {
    words.require("order", "order and its id, as in export order 7QK2XA to FOLDER");
    Name id = selections.name("an order's id, as orders shows it");
    words.require("to", "to and a folder");
    Word folder = words.take("a folder");
    if (folder.text().isBlank()) {
      throw Hint.at(folder, "expected a folder");
    }
    return new Line.Export(id, folder.text());
  }

  private Line follow(boolean on) {
    return new Line.Follow(selections.required(), on);
  }

  private Line help() {
    return new Line.Help(
        words.more() ? Optional.of(words.take("a topic").lower()) : Optional.empty());
  }
}
