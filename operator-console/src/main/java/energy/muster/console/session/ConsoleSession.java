// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Help;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.link.LinkListener;
import energy.muster.presence.Show;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Orders orders;
  private final Records records;
  private final Survey survey;
  private final Grants grants;
  private final Expectations expectations;
  private final Consumer<Event> events;
  private LineResult last = new LineResult.Done(true);

  private ConsoleSession(
      Setup setup,
      Link link,
      Monitor monitor,
      Mirror mirror,
      OrderBook book,
      Revocations revocations,
      Answers answers,
      Incoming incoming,
      Confirmation confirmation,
      Consumer<Event> events) {
    this.setup = setup;
    this.link = link;
    this.mirror = mirror;
    this.book = book;
    this.revocations = revocations;
    this.incoming = incoming;
    this.events = events;
    Questions questions = new Questions(link, monitor, incoming);
    Desk desk = new Desk(setup, monitor, book, answers, questions, events);
    this.orders = new Orders(mirror, desk, confirmation, setup, events);
    this.records = new Records(questions, book);
    this.survey = new Survey(mirror, incoming, revocations, setup.clock(), events);
    this.grants = new Grants(setup, mirror, questions, events);
    this.expectations = new Expectations(mirror);
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
    Monitor monitor = new Monitor();
    Mirror mirror = new Mirror(monitor, setup.identity().certified().jid().domain());
    OrderBook book = new OrderBook(monitor, setup.clock());
    Revocations revocations = new Revocations(monitor, setup, events);
    Answers answers = new Answers(monitor, mirror, book, revocations, setup, events);
    Incoming incoming =
        new Incoming(monitor, mirror, book, answers, revocations, setup.clock(), events);
    Link link = opener.open(incoming);
    ConsoleSession session =
        new ConsoleSession(
            setup,
            link,
            monitor,
            mirror,
            book,
            revocations,
            answers,
            incoming,
            confirmation,
            events);
    link.announce(new Announcement(Show.AVAILABLE, "at the console", Optional.empty()));
    incoming.attach(link);
    return session;
  }

  public BareJid account() {
    return setup.identity().certified().jid();
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

  /** Waits until the devices are known; false when the time is up first. */
  public boolean awaitReady(Duration limit) throws InterruptedException {
    return mirror.awaitFilled(limit);
  }

  /** Runs one line; whatever it asks, this returns. */
  public LineResult run(String text) throws InterruptedException {
    LineResult result;
    revocations.warn();
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
    last = result;
    return result;
  }

  private LineResult run(Line line) throws InterruptedException {
    if (line instanceof Line.Order order) {
      return orders.run(order);
    } else if (line instanceof Line.Who who) {
      return survey.who(who);
    } else if (line instanceof Line.Status status) {
      return survey.status(status);
    } else if (line instanceof Line.Let let) {
      return grants.let(let);
    } else if (line instanceof Line.Orders asked) {
      return said(new Event.Orders(now(), records.list(asked.filter())));
    } else if (line instanceof Line.OrderDetail detail) {
      return said(new Event.OrderShown(now(), records.one(detail.id())));
    } else if (line instanceof Line.Export export) {
      return export(export);
    } else if (line instanceof Line.Follow follow) {
      return survey.follow(follow);
    } else if (line instanceof Line.Help help) {
      return said(new Event.Said(now(), Help.on(help.topic())));
    } else if (line instanceof Line.Quit) {
      return new LineResult.Left();
    }
    return judged(expectation(line));
  }

  private Expectations.Judgement expectation(Line line) throws InterruptedException {
    if (line instanceof Line.ExpectOutcome outcome) {
      return expectations.outcome(outcome, last);
    } else if (line instanceof Line.ExpectState state) {
      return expectations.state(state);
    } else if (line instanceof Line.ExpectCount count) {
      return expectations.count(count);
    }
    return expectations.hint(last);
  }

  private LineResult judged(Expectations.Judgement judgement) {
    events.accept(new Event.Expected(now(), judgement.met(), judgement.text()));
    return new LineResult.Done(judgement.met());
  }

  private LineResult export(Line.Export export) throws InterruptedException {
    OrderRecord order = records.one(export.id());
    try {
      List<Path> files = records.export(order, Path.of(export.folder()));
      return said(new Event.Exported(now(), order.id(), files));
    } catch (IOException | InvalidPathException e) {
      events.accept(new Event.Said(now(), "cannot write there: " + e.getMessage()));
      return new LineResult.Done(false);
    }
  }

  private LineResult said(Event event) {
    events.accept(event);
    return new LineResult.Done(true);
  }

  private Instant now() {
    return setup.clock().instant();
  }

  /** Takes leave and closes the link. */
  @Override
  public void close() {
    link.goodbye("left the console", Optional.empty());
  }
}
