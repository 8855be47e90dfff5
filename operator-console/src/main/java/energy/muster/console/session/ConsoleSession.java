// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.console.language.Act;
import energy.muster.console.language.FirmwareLine;
import energy.muster.console.language.Help;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.link.LinkListener;
import energy.muster.link.Transport;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One operator's sitting: runs lines one at a time and tells of everything as events. Lines come
 * from one thread; events may come from others.
 */
public final class ConsoleSession implements AutoCloseable {
  private final Setup setup;
  private final Link link;
  private final Mirror mirror;
  private final OrderBook book;
  private final Revocations revocations;
  private final Incoming incoming;
  private final Watches watches;
  private final Orders orders;
  private final Withdrawals withdrawals;
  private final GivingUp givingUp;
  private final Archive archive;
  private final Records records;
  private final Survey survey;
  private final Outlook outlook;
  private final Grants grants;
  private final Mandates mandates;
  private final Shift shift;
  private final Colleagues colleagues;
  private final Chatrooms chatrooms;
  private final AlarmBoard board;
  private final Alarms alarms;
  private final Meters meters;
  private final Prices prices;
  private final Copies copies;
  private final Firmware firmware;
  private final Campaigns campaigns;
  private final Expectations expectations;
  private final Consumer<Event> events;
  private LineResult last = new LineResult.Done(true);

  private ConsoleSession(
      Setup setup, Opener opener, Confirmation confirmation, Consumer<Event> events)
      throws IOException {
    this.setup = setup;
    this.events = events;
    Monitor monitor = new Monitor();
    this.mirror = new Mirror(monitor, setup.identity().certified().jid().domain());
    this.book = new OrderBook(monitor, setup.clock());
    this.revocations = new Revocations(monitor, setup, events);
    this.watches = new Watches(monitor, mirror, setup.clock(), events);
    Notary notary = new Notary(revocations, setup);
    Progress progress = new Progress(monitor, book, setup.clock(), events);
    Bulletins bulletins = new Bulletins(book, progress, setup.clock(), events);
    this.chatrooms = new Chatrooms(setup.clock(), events);
    Answers answers = new Answers(monitor, mirror, book, notary, progress, setup.clock(), events);
    this.board =
        new AlarmBoard(
            monitor,
            notary,
            new DirectAlarms(notary, setup, events),
            setup.identity().certified().jid(),
            setup.clock(),
            events);
    this.incoming =
        new Incoming(
            monitor,
            mirror,
            book,
            answers,
            revocations,
            bulletins,
            watches,
            chatrooms,
            board,
            setup.clock(),
            events);
    this.link = opener.open(incoming);
    Questions questions = new Questions(link, monitor, incoming);
    Desk desk = new Desk(setup, monitor, book, answers, progress, questions, events);
    this.records = new Records(questions, book);
    Quorum quorum = new Quorum(mirror, monitor, book, desk, questions, confirmation, setup, events);
    Ramp ramp = new Ramp(mirror, desk, questions, confirmation, setup, events);
    this.orders = new Orders(mirror, desk, quorum, ramp, confirmation, setup, events);
    this.withdrawals = new Withdrawals(records, notary, book, desk, confirmation, setup, events);
    this.givingUp =
        new GivingUp(
            records, notary, mirror, book, progress, questions, confirmation, setup, events);
    this.archive = new Archive(records, notary, setup.clock(), events);
    this.survey = new Survey(mirror, incoming, revocations, setup.clock(), events);
    this.outlook = new Outlook(mirror, incoming, setup, events);
    this.grants = new Grants(setup, mirror, questions, events);
    this.mandates = new Mandates(setup, mirror, questions, events);
    this.shift = new Shift(setup, link);
    this.colleagues = new Colleagues(setup, mirror, book, watches, shift, questions, events);
    Rosters rosters = new Rosters(setup, notary, questions, events);
    this.alarms = new Alarms(setup, board, notary, rosters, questions, events);
    this.meters =
        new Meters(
            setup,
            mirror,
            questions,
            notary,
            new Offers(records, notary, setup),
            new Settlement(records, notary, mirror, questions, setup),
            events);
    this.prices =
        new Prices(
            setup,
            new PriceCatalogue(notary, questions),
            orders,
            new Proposals(setup, mirror, book, orders, questions, confirmation, events),
            events);
    this.copies = new Copies(questions, setup.clock(), events);
    this.firmware =
        new Firmware(
            setup,
            revocations,
            questions,
            new Inventories(setup, mirror, questions, events),
            events);
    Upgrades upgrades =
        new Upgrades(
            setup, mirror, records, revocations, notary, desk, questions, confirmation, events);
    this.campaigns = new Campaigns(setup, questions, upgrades, events);
    this.expectations = new Expectations(mirror, book);
  }

  /** Opens a link that tells its listener what comes in. */
  public interface Opener {
    Link open(LinkListener listener) throws IOException;
  }

  /**
   * Opens the link and begins.
   *
   * @param events told of everything, from several threads
   * @throws IOException when the link cannot be set up; that the server is away is no error
   */
  public static ConsoleSession open(
      Setup setup, Opener opener, Confirmation confirmation, Consumer<Event> events)
      throws IOException {
    ConsoleSession session = new ConsoleSession(setup, opener, confirmation, events);
    session.shift.begin();
    session.incoming.attach(session.link);
    return session;
  }

  public BareJid account() {
    return setup.identity().certified().jid();
  }

  /** What carries the session there is now. */
  public Optional<Transport> transport() {
    return link.transport();
  }

  public Mirror mirror() {
    return mirror;
  }

  /** Whether the session is connected and has proven its key. */
  public boolean proven() {
    return incoming.proven();
  }

  /** Whether it cannot be known which keys are revoked. */
  public boolean unsureOfRevocations() {
    return revocations.stale();
  }

  /** The orders seen in this sitting, newest first. */
  public List<DocumentId> recentOrders() {
    return book.recent();
  }

  /** The alarms that whoever sits here is asked to take on, the most urgent first. */
  public List<AlarmEntry> askedOf() {
    return board.asked();
  }

  /** The numbers of the alarms that are open, lowest first. */
  public List<Long> openAlarms() {
    return board.numbers();
  }

  /** Somebody looks on: the board of a campaign stays and changes until it is over. */
  public void lookOn() {
    campaigns.lookOn();
  }

  /** Waits until the devices are known; false when the time is up first. */
  public boolean awaitReady(Duration limit) throws InterruptedException {
    return mirror.awaitFilled(limit);
  }

  /** Runs one line; whatever it asks, this returns. */
  public LineResult run(String text) throws InterruptedException {
    LineResult result;
    revocations.warn();
    shift.touch();
    try {
      Line line = LineReader.read(text);
      if (line instanceof Line.Blank) {
        return new LineResult.Done(true);
      }
      result = run(line);
    } catch (Hint hint) {
      events.accept(new Event.Mistaken(now(), text, hint));
      result = new LineResult.Mistake();
    } catch (Refused refused) {
      events.accept(new Event.Declined(now(), text.strip(), refused.refusal()));
      result = new LineResult.Done(false);
    } catch (LinkException unknown) {
      events.accept(new Event.Said(now(), "no answer from the service: " + unknown.getMessage()));
      result = new LineResult.Done(false);
    }
    if (!judges(text) || result instanceof LineResult.Mistake) {
      last = result;
    }
    return result;
  }

  /** Several expectations in a row are all of the line before them. */
  private static boolean judges(String text) {
    return text.strip().toLowerCase(Locale.ROOT).startsWith("expect ");
  }

  private LineResult run(Line line) throws InterruptedException {
    if (line instanceof Line.Order order && order.act() instanceof Act.Publish publish) {
      return prices.publish(publish, order);
    } else if (line instanceof Line.Order order) {
      return orders.run(order);
    } else if (line instanceof Line.Who who) {
      return survey.who(who);
    } else if (line instanceof Line.Status status) {
      return survey.status(status);
    } else if (line instanceof Line.Let let) {
      return grants.let(let);
    } else if (line instanceof Line.Mandate mandate) {
      return mandates.give(mandate);
    } else if (line instanceof Line.Follow follow) {
      return survey.follow(follow);
    } else if (line instanceof Line.View view) {
      return outlook.view(view);
    } else if (line instanceof Line.Watch watch) {
      return watches.watch(watch);
    } else if (line instanceof Line.Watches) {
      return watches.list();
    } else if (line instanceof Line.Help help) {
      events.accept(new Event.Said(now(), Help.on(help.topic())));
      return new LineResult.Done(true);
    } else if (line instanceof Line.Quit) {
      return new LineResult.Left();
    }
    return kept(line);
  }

  /** Lines about people and about orders that were given, and those that expect something. */
  private LineResult kept(Line line) throws InterruptedException {
    if (line instanceof Line.Orders asked) {
      return archive.list(asked);
    } else if (line instanceof Line.People asked) {
      return colleagues.who(asked);
    } else if (line instanceof Line.AtWork said) {
      return colleagues.duty(said);
    } else if (line instanceof Line.Tell said) {
      return colleagues.tell(said);
    } else if (line instanceof Line.OfRooms room) {
      return chatrooms.run(link.rooms(), room);
    } else if (line instanceof Line.OfAlarms about) {
      return alarms.run(about);
    } else if (line instanceof Line.OfMeters about) {
      return meters.run(about);
    } else if (line instanceof Line.OfPrices about) {
      return prices.run(about);
    } else if (line instanceof FirmwareLine about) {
      return aboutFirmware(about);
    } else if (line instanceof Line.Changes changes) {
      return copies.take(changes);
    } else if (line instanceof Line.Accept accepted) {
      return colleagues.accept(accepted);
    } else if (line instanceof Line.Decline declined) {
      return colleagues.decline(declined);
    } else if (line instanceof Line.OrderDetail detail) {
      return archive.show(detail);
    } else if (line instanceof Line.Export export) {
      return archive.export(export);
    } else if (line instanceof Line.Reliability asked) {
      return reliability(asked);
    } else if (line instanceof Line.Cancel cancel) {
      return withdrawals.cancel(cancel);
    } else if (line instanceof Line.GiveUp giveUp) {
      return givingUp.giveUp(giveUp);
    }
    return judged(expectations.judge(line, last));
  }

  private LineResult aboutFirmware(FirmwareLine line) throws InterruptedException {
    boolean ofDepot =
        line instanceof FirmwareLine.PublishImage
            || line instanceof FirmwareLine.PublishReleases
            || line instanceof FirmwareLine.Stored
            || line instanceof FirmwareLine.Runs;
    return ofDepot ? firmware.run(line) : campaigns.run(line);
  }

  private LineResult reliability(Line.Reliability asked) throws InterruptedException {
    ObjectNode question = Json.object();
    asked.device().ifPresent(name -> question.put("device", mirror.address(name).toString()));
    asked.area().ifPresent(area -> question.put("area", area));
    asked
        .since()
        .ifPresent(since -> question.put("since", since.resolve(now(), setup.zone()).toString()));
    events.accept(new Event.Reliability(now(), records.reliability(question)));
    return new LineResult.Done(true);
  }

  private LineResult judged(Expectations.Judgement judgement) {
    events.accept(new Event.Expected(now(), judgement.met(), judgement.text()));
    return new LineResult.Done(judgement.met());
  }

  /** By this console's clock. */
  public Instant now() {
    return setup.clock().instant();
  }

  /** Takes leave and closes the link. */
  @Override
  public void close() {
    shift.close();
    link.goodbye("left the console", Optional.empty());
  }
}
