// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.alarm.AlarmAct.Kind;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.firmware.CampaignAct;
import energy.muster.presence.Duty;
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
    VERBS.put("on", reader -> new PeopleReader(reader.words).duty(Duty.ON_DUTY));
    VERBS.put("off", reader -> new PeopleReader(reader.words).duty(Duty.OFF_DUTY));
    VERBS.put("away", reader -> new PeopleReader(reader.words).duty(Duty.AWAY));
    VERBS.put("dnd", reader -> new PeopleReader(reader.words).duty(Duty.DND));
    VERBS.put("tell", reader -> new PeopleReader(reader.words).tell());
    VERBS.put("rooms", reader -> new Line.Rooms());
    VERBS.put("join", reader -> new RoomReader(reader.words).join());
    VERBS.put("leave", reader -> new RoomReader(reader.words).leave());
    VERBS.put("say", reader -> new RoomReader(reader.words).say());
    VERBS.put("accept", LineReader::accept);
    VERBS.put("decline", reader -> new PeopleReader(reader.words).decline());
    VERBS.put("status", LineReader::status);
    for (String order : OrderReader.verbs()) {
      VERBS.put(order, reader -> new OrderReader(reader.words).read(order));
    }
    VERBS.put("release", LineReader::release);
    VERBS.put("cancel", LineReader::cancel);
    VERBS.put("give", LineReader::giveUp);
    VERBS.put("let", LineReader::let);
    VERBS.put("mandate", reader -> new MandateReader(reader.words).read());
    VERBS.put("orders", LineReader::orders);
    VERBS.put("order", LineReader::order);
    VERBS.put("reliability", LineReader::reliability);
    VERBS.put("export", LineReader::export);
    VERBS.put("follow", reader -> reader.follow(true));
    VERBS.put("unfollow", reader -> reader.follow(false));
    VERBS.put("view", LineReader::view);
    VERBS.put("watch", reader -> reader.watch(true));
    VERBS.put("unwatch", reader -> reader.watch(false));
    VERBS.put("watches", reader -> new Line.Watches());
    VERBS.put("alarms", reader -> new AlarmReader(reader.words).alarms());
    VERBS.put("alarm", reader -> new AlarmReader(reader.words).alarm());
    VERBS.put("ack", reader -> new AlarmReader(reader.words).plain(Kind.ACKNOWLEDGE));
    VERBS.put("comment", reader -> new AlarmReader(reader.words).comment());
    VERBS.put("shelve", reader -> new AlarmReader(reader.words).shelve());
    VERBS.put("unshelve", reader -> new AlarmReader(reader.words).plain(Kind.UNSHELVE));
    VERBS.put("escalate", reader -> new AlarmReader(reader.words).plain(Kind.ESCALATE));
    VERBS.put("reset", reader -> new AlarmReader(reader.words).plain(Kind.RESET));
    VERBS.put("out", reader -> new AlarmReader(reader.words).outOfService());
    VERBS.put("in", reader -> new AlarmReader(reader.words).inService());
    VERBS.put("suppress", reader -> new AlarmReader(reader.words).because(Kind.SUPPRESS));
    VERBS.put("unsuppress", reader -> new AlarmReader(reader.words).plain(Kind.UNSUPPRESS));
    VERBS.put("duty", reader -> new AlarmReader(reader.words).duty());
    VERBS.put("publish", LineReader::publish);
    VERBS.put("meter", reader -> reader.ofMeters().meter());
    VERBS.put("readings", reader -> reader.ofMeters().readings());
    VERBS.put("bill", reader -> reader.ofMeters().bill());
    VERBS.put("correct", reader -> reader.ofMeters().correct());
    VERBS.put("settle", reader -> reader.ofMeters().settle());
    VERBS.put("tariff", reader -> new PriceReader(reader.words).tariff());
    VERBS.put("price", reader -> new PriceReader(reader.words).price());
    VERBS.put("prices", reader -> new PriceReader(reader.words).prices());
    VERBS.put("proposals", reader -> new Line.Proposals());
    VERBS.put("changes", reader -> new PriceReader(reader.words).changes());
    VERBS.put("firmware", reader -> new FirmwareLine.Stored());
    VERBS.put("upgrade", reader -> new FirmwareReader(reader.words).upgrade());
    VERBS.put("campaigns", reader -> new FirmwareLine.Campaigns());
    VERBS.put("campaign", reader -> new FirmwareReader(reader.words).board());
    VERBS.put("pause", reader -> new FirmwareReader(reader.words).act(CampaignAct.Kind.PAUSE));
    VERBS.put("resume", reader -> new FirmwareReader(reader.words).act(CampaignAct.Kind.RESUME));
    VERBS.put("abort", reader -> new FirmwareReader(reader.words).abort());
    VERBS.put("approve", reader -> new FirmwareReader(reader.words).approve());
    VERBS.put("inventory", reader -> new FirmwareReader(reader.words).inventory());
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

  private MeterReader ofMeters() {
    return new MeterReader(words, selections);
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

  private Line publish() {
    if (words.follows("firmware") || words.follows("releases")) {
      return new FirmwareReader(words).publish();
    }
    return words.follows("tariff") || words.follows("prices")
        ? new OrderReader(words).publish()
        : new AlarmReader(words).publish();
  }

  private Line accept() {
    return words.accept("proposal")
        ? new PriceReader(words).accept()
        : new PeopleReader(words).accept();
  }

  private Line release() {
    return words.accept("proposal")
        ? new PriceReader(words).release()
        : new OrderReader(words).read("release");
  }

  private Line who() {
    if (words.accept("has")) {
      return new PriceReader(words).whoHas();
    }
    if (words.accept("needs")) {
      return new FirmwareReader(words).whoNeeds();
    }
    if (words.accept("people")) {
      return new Line.People(false);
    }
    if (words.accept("is", "on", "duty")) {
      return new Line.People(true);
    }
    return new Line.Who(anyOrAll());
  }

  private Selection anyOrAll() {
    boolean described =
        !words.more()
            || selections.kindFollows()
            || words.followsAny(
                List.of("on", "in", "that", "which", "with", "above", "below", "except"));
    return described ? selections.matching() : selections.named();
  }

  private Line status() {
    Selection devices = selections.required();
    if (words.accept("now")) {
      return new Line.Order(
          new Act.Give(Instruction.plain(Verb.READ)), devices, new OptionsReader(words).read());
    }
    words.end("now or the end of the line");
    return new Line.Status(devices);
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
    Word word = words.take("mine, held, open, failed or all");
    for (Line.Filter filter : Line.Filter.values()) {
      if (word.is(filter.name().toLowerCase(Locale.ROOT))) {
        return new Line.Orders(filter);
      }
    }
    throw Hint.at(word, "expected mine, held, open, failed or all, not " + word);
  }

  private Line order() {
    return new Line.OrderDetail(selections.name("an order's id, as orders shows it"));
  }

  private Line reliability() {
    Optional<Name> device = Optional.empty();
    Optional<String> area = Optional.empty();
    if (words.follows("branch") || words.follows("feeder")) {
      String kind = words.take("branch or feeder").lower();
      area = Optional.of(kind + "-" + words.take("its number, as in branch 60").lower());
    } else if (words.accept("group")) {
      area = Optional.of(words.take("a group's name").lower());
    } else if (!words.accept("site") && words.more() && !words.follows("since")) {
      device = Optional.of(selections.name("site, branch 60 or a device"));
    }
    return new Line.Reliability(
        device,
        area,
        words.accept("since") ? Optional.of(AlarmReader.since(words)) : Optional.empty());
  }

  private Line cancel() {
    Name order = id();
    Optional<String> reason =
        words.accept("because")
            ? Optional.of(new OptionsReader(words).because())
            : Optional.empty();
    return new Line.Cancel(order, reason);
  }

  private Line giveUp() {
    words.require("up", "up and an order's id, as in give up 7QK2XA because \"rebuilt\"");
    Name order = id();
    Optional<Name> device =
        words.more() && !words.follows("because")
            ? Optional.of(selections.name("a device"))
            : Optional.empty();
    words.require("because", "because and why no answer is to be expected");
    return new Line.GiveUp(order, device, new OptionsReader(words).because());
  }

  private Name id() {
    words.accept("order");
    return selections.name("an order's id, as orders shows it");
  }

  private Line view() {
    return new Line.View(words.more() ? Optional.of(selections.scope()) : Optional.empty());
  }

  private Line watch(boolean on) {
    return new Line.Watch(selections.required(), on);
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
        words.more() ? Optional.of(words.rest().toLowerCase(Locale.ROOT)) : Optional.empty());
  }
}
