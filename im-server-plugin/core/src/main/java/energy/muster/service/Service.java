// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.seal.Trust;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Timetable;
import energy.muster.service.desk.Workers;
import energy.muster.service.exchange.Nodes;
import energy.muster.service.firmware.HttpsTerms;
import energy.muster.service.firmware.ImageDepot;
import energy.muster.service.firmware.Pace;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Recovered;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.limit.Admission;
import energy.muster.service.limit.RefusalLog;
import energy.muster.service.metering.Metering;
import energy.muster.service.notice.Notices;
import energy.muster.service.people.Staff;
import energy.muster.service.reach.Mailer;
import energy.muster.service.reach.Webhook;
import energy.muster.service.room.Rooms;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Proofs;
import energy.muster.service.session.Sessions;
import energy.muster.service.view.Looks;
import energy.muster.service.view.Views;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service. Its host tells it what happens on the server and does what it asks of its ports.
 * Only {@link #start()}, {@link #close()} and {@link #advanceTo} wait, for the disk or for
 * decisions under way; all methods may be called from many threads.
 */
public final class Service implements Streams, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final ServiceConfig config;
  private final Journal journal;
  private final InstantSource clock;
  private final Executor answering;
  private final Timetable timetable;
  private final Desk desk;
  private final CurrentTrust trust;
  private final Sessions sessions;
  private final Ledger ledger;
  private final Looks looks;
  private final Dispatching dispatching;
  private final Revocations revocations;
  private final Crew crew;
  private final Branches branches;
  private final Rooms rooms;
  private final Market market;
  private final Housekeeping housekeeping;
  private final Requests requests;
  private final Admission admission;
  private final RefusalLog refusals;
  private final Words words;
  private Nodes nodes = Nodes.NONE;

  /**
   * Makes a service that is not started yet.
   *
   * @param disk where it remembers
   * @param workers check signatures and decide; two threads or more, not stopped before the service
   *     is closed
   */
  public Service(
      ServiceConfig config, Outbound outbound, Journal disk, InstantSource clock, Workers workers) {
    this.config = config;
    this.clock = clock;
    this.answering = workers.finish();
    Timing timing = config.timing();
    desk = new Desk(workers.finish());
    timetable = new Timetable(clock);
    Executor checks = workers.begin();
    trust = new CurrentTrust(config.trust());
    sessions = new Sessions(clock, timetable, outbound);
    ledger = new Ledger(timing, config.limits(), timetable, sessions, outbound, desk, clock);
    rooms = new Rooms(ledger, sessions, this::people, timetable, desk, clock);
    journal = rooms.overhearing(disk);
    Reception reception = new Reception(journal, desk, checks);
    looks = new Looks(config, trust, ledger, journal, timetable, desk, checks, clock);
    Notices notices = new Notices(sessions, outbound, journal, clock);
    Views views = new Views(ledger, outbound, timetable, timing, clock);
    market =
        Market.of(config, ledger, sessions, notices, this::staff, journal, timetable, desk, clock);
    dispatching =
        Dispatching.of(
            config,
            trust,
            ledger,
            sessions,
            outbound,
            notices,
            market.tariffs(),
            journal,
            timetable,
            reception,
            desk,
            workers,
            clock);
    revocations = new Revocations(trust, sessions, looks, outbound, journal, desk, checks, clock);
    crew =
        Crew.of(
            config,
            trust,
            ledger,
            sessions,
            dispatching.dispatcher(),
            dispatching.reports(),
            dispatching.heirs(),
            notices,
            outbound,
            journal,
            timetable,
            reception,
            desk,
            clock);
    Differences differences =
        new Differences(timing, timetable, ledger, dispatching.lanes(), notices);
    branches =
        Branches.of(
            config,
            trust,
            ledger,
            sessions,
            outbound,
            notices,
            dispatching.dispatcher(),
            journal,
            desk,
            clock);
    Reactions reactions =
        new Reactions(
            ledger,
            views,
            looks,
            dispatching.lanes(),
            dispatching.goals(),
            dispatching.campaigns(),
            dispatching.reports(),
            notices,
            differences,
            revocations,
            journal,
            crew,
            branches,
            market,
            rooms,
            desk);
    housekeeping = new Housekeeping(journal, reactions, timetable, timing, clock);
    sessions.listener(reactions);
    ledger.listener(reactions);
    requests =
        new Requests(
            sessions,
            new Proofs(config, trust, sessions, desk, checks, clock),
            ledger,
            views,
            looks,
            dispatching.dispatcher(),
            dispatching.lanes(),
            dispatching.conclusions(),
            dispatching.writeOffs(),
            dispatching.ownActs(),
            Books.of(config, journal, ledger, dispatching.goals(), clock),
            revocations,
            crew,
            branches,
            new Metering(
                config,
                trust,
                ledger,
                market.tariffs()::biller,
                notices,
                journal,
                reception,
                desk,
                clock),
            market,
            dispatching.firmware(),
            dispatching.campaignDesk(),
            desk);
    admission = new Admission(config.limits(), clock);
    refusals =
        new RefusalLog(config.limits().refusalsPerMinute(), journal, notices, timetable, clock);
    words = new Words(sessions, ledger, crew.staff(), refusals, desk);
  }

  /** Hears of changes for plain viewers; set before {@link #start()}. */
  public void viewers(Viewers viewers) {
    looks.viewers(viewers);
  }

  /** How alarms leave for those who are not there; set before {@link #start()}. */
  public void alarmsThrough(Mailer mailer, Webhook webhook) {
    crew.alarms().through(mailer, webhook);
  }

  /** Where public things are laid out; set before {@link #start()}. */
  public void layOutOn(Nodes where) {
    nodes = where;
  }

  /**
   * Where images of firmware are kept; set before {@link #start()}, and without it none are.
   *
   * @param looking looks through images, one after another
   * @return for a server that hands them out over HTTPS
   */
  public HttpsTerms keepFirmware(ImageDepot depot, Scanner scanner, Executor looking, Pace pace) {
    return dispatching.firmware().open(depot, scanner, looking, pace);
  }

  private Staff staff() {
    return crew.staff();
  }

  private Collection<Certified> people() {
    return staff().certificates();
  }

  /** The rooms of the areas; their voice is set before {@link #start()}. */
  public Rooms rooms() {
    return rooms;
  }

  /** Reads the journal back and waits until that is done; before it, nothing else is called. */
  public void start() {
    Instant started = clock.instant();
    Recovered known = journal.recover(started).toCompletableFuture().join();
    AttendanceRecord last = journal.attendance(started).toCompletableFuture().join();
    waitAtDesk(
        () -> {
          known.crls().forEach(revocations::recover);
          ledger.recover(known.devices(), last.changes());
          dispatching.firmware().recover(known.firmware());
          dispatching.dispatcher().recover(known.orders(), known.firmware().acts());
          crew.recover(known);
          rooms.recover(known.orders());
          dispatching.reports().recover(known.unreported(), known.notices());
          looks.recover(known.looks());
          branches.mandates().recover(known.mandates());
          market.begin(known.market(), nodes);
          housekeeping.begin(started);
          return CompletableFuture.completedFuture(null);
        });
    LOG.info("service of {} started: {}", config.site(), known.counts());
  }

  /** Writes the last word of all and waits for it; nothing else is called afterwards. */
  @Override
  public void close() {
    waitAtDesk(
        () -> {
          List<Entry> last = new ArrayList<>(ledger.all());
          last.addAll(crew.staff().unwritten());
          last.add(housekeeping.ran());
          return journal.append(last);
        });
  }

  private <T> T waitAtDesk(Supplier<CompletionStage<T>> decision) {
    return desk.ask(decision).toCompletableFuture().join();
  }

  @Override
  public void sessionOpened(FullJid session, String streamId) {
    desk.put(() -> sessions.opened(session, streamId));
  }

  @Override
  public void sessionClosed(FullJid session, String streamId) {
    desk.put(
        () -> {
          sessions.closed(session, streamId);
          if (sessions.session(session).isEmpty()) {
            admission.forget(session);
          }
        });
  }

  @Override
  public void heard(FullJid session) {
    sessions.heard(session).ifPresent(awaited -> desk.put(() -> ledger.heard(awaited)));
  }

  @Override
  public void presence(
      FullJid session, boolean available, Show show, String status, Optional<Payload> device) {
    heard(session);
    words.presence(session, available, device);
  }

  @Override
  public void person(FullJid session, PersonPresence word, boolean byConsole) {
    heard(session);
    desk.put(() -> market.says(staff(), session, word, byConsole));
  }

  @Override
  public Optional<CompletionStage<Void>> keep(FullJid from, BareJid to, String text) {
    return crew.staff().keep(from.bare(), to, text);
  }

  /**
   * A request to the service.
   *
   * @return the payload of the result, or exceptionally {@code Refused}, to be answered as a typed
   *     error; any other exception is a fault of ours
   */
  public CompletionStage<Payload> request(FullJid from, boolean set, Payload payload) {
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    routed(from, set, payload)
        // Not on the desk or the journal's thread: what the host does with it is its own time.
        .whenCompleteAsync(
            (result, failure) -> {
              if (failure == null) {
                answer.complete(result);
              } else {
                answer.completeExceptionally(noted(from, payload, Failures.cause(failure)));
              }
            },
            answering);
    return answer;
  }

  private CompletionStage<Payload> routed(FullJid from, boolean set, Payload payload) {
    try {
      heard(from);
      return requests.route(from, set, payload);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Throwable noted(FullJid from, Payload payload, Throwable failure) {
    if (failure instanceof Refused no) {
      desk.put(() -> refusals.refused(from.bare(), no.refusal()));
    } else {
      LOG.error("{} of {} could not be answered", payload.wire().element(), from, failure);
    }
    return failure;
  }

  @Override
  public boolean admit(FullJid from) {
    boolean admitted = admission.admit(from);
    if (!admitted) {
      desk.put(() -> refusals.turnedAway(from.bare()));
    }
    return admitted;
  }

  /** Judges by this trust from now on; revocation lists already held that are newer are kept. */
  public void replaceTrust(Trust next) {
    trust.replace(next);
    desk.put(revocations::enforce);
  }

  /** Does what is due; returns when to call again, within {@code Timing.tick} of {@code now}. */
  public Instant advanceTo(Instant now) {
    return waitAtDesk(
        () -> {
          timetable.advanceTo(now);
          Instant latest = now.plus(config.timing().tick());
          return CompletableFuture.completedFuture(
              timetable.next().filter(next -> next.isBefore(latest)).orElse(latest));
        });
  }

  /** What it knows of who is there. */
  public Sight sight() {
    return new Knowledge(ledger, crew.staff(), branches.peers(), looks);
  }
}
