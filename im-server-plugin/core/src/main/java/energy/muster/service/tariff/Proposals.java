// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.response.ShedProposal;
import energy.muster.response.ShedProposal.State;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.desk.Unwritten;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Sheds that the utility might want because of a price. Nothing follows from one until an operator
 * signs an order; it lapses with its price. Only for use at the desk.
 */
public final class Proposals {
  private static final Period AHEAD = Period.ofDays(3);

  private final NavigableMap<Long, ShedProposal> proposals = new TreeMap<>();

  /** Who has been shown which since they came. */
  private final Map<BareJid, Set<Long>> told = new HashMap<>();

  /** As they are now, they are not on disk. */
  private final Set<Long> unkept = new TreeSet<>();

  private final Unwritten<Long, Payload> answers;

  private final List<ProposalRule> rules;
  private final Notices notices;
  private final Predicate<BareJid> onDuty;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private long number;

  /**
   * @param onDuty who is to be shown one at once; others when they come on duty
   */
  public Proposals(
      List<ProposalRule> rules,
      Notices notices,
      Predicate<BareJid> onDuty,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.rules = List.copyOf(rules);
    this.notices = notices;
    this.onDuty = onDuty;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    answers = new Unwritten<>(journal, desk);
    this.clock = clock;
  }

  public void recover(List<ShedProposal> known, long highest) {
    number = highest;
    known.forEach(each -> proposals.put(each.number(), each));
    known.forEach(each -> timetable.at(each.until(), () -> over(each.number())));
  }

  /** Looks at the prices of today and the next days anew; amendments and later versions count. */
  void look(PriceBook book) {
    Instant now = clock.instant();
    List<ShedProposal> wanted = new ArrayList<>();
    for (ProposalRule rule : rules) {
      wanted.addAll(wanted(rule, book, now));
    }
    for (ShedProposal open : List.copyOf(proposals.values())) {
      if (open.state() == State.OPEN && wanted.stream().noneMatch(open::sameAs)) {
        note(open.ended(State.WITHDRAWN));
      }
    }
    List<ShedProposal> made = new ArrayList<>();
    for (ShedProposal each : wanted) {
      if (proposals.values().stream().noneMatch(known -> stands(known, each))) {
        made.add(note(numbered(each)));
      }
    }
    write(made);
  }

  /** They are told of whatever the disk does: lost with a kill, they are found again. */
  private void write(List<ShedProposal> made) {
    List<ShedProposal> noted =
        unkept.stream().map(proposals::get).filter(Objects::nonNull).toList();
    unkept.clear();
    if (!noted.isEmpty()) {
      journal
          .append(noted.stream().<Entry>map(Entry.ProposalNoted::new).toList())
          .whenComplete(
              (done, failure) ->
                  desk.put(
                      () -> {
                        if (failure != null) {
                          noted.forEach(each -> unkept.add(each.number()));
                        }
                        made.forEach(this::tell);
                      }));
    }
  }

  private static boolean stands(ShedProposal known, ShedProposal wanted) {
    boolean answered =
        known.state() == State.ACCEPTED
            && known.offer().equals(wanted.offer())
            && known.area().equals(wanted.area())
            && known.from().isBefore(wanted.until())
            && wanted.from().isBefore(known.until());
    return answered || (known.state() == State.OPEN && known.sameAs(wanted));
  }

  private List<ShedProposal> wanted(ProposalRule rule, PriceBook book, Instant now) {
    // Whole days, so that the same price gives the same proposal whenever it is looked at.
    var today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    Instant from = today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant until = today.plus(AHEAD).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new DearTimes(book.boards())
        .above(rule.offer(), rule.above(), from, until).stream()
            .filter(dear -> dear.until().isAfter(now))
            .map(
                dear ->
                    new ShedProposal(
                        Long.MAX_VALUE,
                        rule.offer(),
                        dear.most(),
                        rule.above(),
                        book.currency(rule.offer()).orElseThrow(),
                        dear.from(),
                        dear.until(),
                        rule.shed(),
                        rule.area(),
                        State.OPEN,
                        Optional.empty(),
                        Optional.empty()))
            .toList();
  }

  private ShedProposal numbered(ShedProposal wanted) {
    ShedProposal proposal = wanted.numbered(++number);
    timetable.at(proposal.until(), () -> over(proposal.number()));
    return proposal;
  }

  private ShedProposal note(ShedProposal proposal) {
    proposals.put(proposal.number(), proposal);
    unkept.add(proposal.number());
    return proposal;
  }

  private void over(long which) {
    ShedProposal known = proposals.remove(which);
    told.values().forEach(shown -> shown.remove(which));
    if (known != null && known.state() == State.OPEN) {
      journal.appendSoon(new Entry.ProposalNoted(known.ended(State.LAPSED)));
    }
  }

  private void tell(ShedProposal proposal) {
    tell(proposal, person -> onDuty.test(person.jid()));
  }

  private void tell(ShedProposal proposal, Predicate<Certified> whom) {
    notices.tell(
        "proposal",
        Optional.empty(),
        "proposal " + proposal.number() + ": " + proposal.words(),
        person ->
            answersFor(person, proposal.area()) && whom.test(person) && shows(person, proposal));
  }

  /** Keeps in mind that this person is shown it. */
  private boolean shows(Certified person, ShedProposal proposal) {
    told.computeIfAbsent(person.jid(), anyone -> new HashSet<>()).add(proposal.number());
    return true;
  }

  /** Somebody has come: what is open and theirs to answer, they are shown. */
  public void proven(Session session) {
    told.remove(session.account());
    cameOnDuty(session.account());
  }

  /** Somebody who is there is on duty from now on: what they were not shown yet, they are. */
  public void cameOnDuty(BareJid person) {
    proposals.values().stream()
        .filter(each -> each.state() == State.OPEN)
        .filter(each -> !told.getOrDefault(person, Set.of()).contains(each.number()))
        .forEach(each -> tell(each, other -> other.jid().equals(person)));
  }

  private static boolean answersFor(Certified person, Area area) {
    Set<Area> areas = person.areas(Role.OPERATOR);
    return areas.contains(area) || areas.contains(Area.ALL);
  }

  /** Those that an operator may answer. */
  public CompletionStage<Payload> list(Session session, Payload request) {
    Certified who = session.certified().orElseThrow();
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("proposals");
    proposals.values().stream()
        .filter(each -> answersFor(who, each.area()))
        .map(ShedProposal::write)
        .forEach(list::add);
    return CompletableFuture.completedFuture(Payload.of(Wire.PROPOSALS, answer));
  }

  private record Answer(long number, boolean release, Optional<DocumentId> order) {
    static Answer read(Fields fields) {
      return new Answer(
          fields.integer("number"),
          fields.optionalFlag("release"),
          fields.optionalValue("order", DocumentId::new));
    }
  }

  /** An operator takes one on, says what they ordered, or lets it go again. */
  public CompletionStage<Payload> answer(Session session, Payload request) {
    Answer answer = Fields.readAll(request.requireJson(), Answer::read);
    BareJid person = session.account();
    Optional<CompletionStage<Payload>> before = answers.answer(answer.number());
    if (before.isPresent()) {
      // What is not on disk yet may not come to be.
      return before
          .get()
          .handle((done, failure) -> desk.ask(() -> answer(session, request)))
          .thenCompose(turn -> turn);
    }
    ShedProposal known =
        Optional.ofNullable(proposals.get(answer.number()))
            .filter(each -> answersFor(session.certified().orElseThrow(), each.area()))
            .orElseThrow(
                () -> new Refused(Reason.UNKNOWN, "there is no proposal " + answer.number()));
    boolean own = known.by().equals(Optional.of(person));
    ShedProposal next;
    if (known.state() == State.OPEN && !answer.release()) {
      next = known.accepted(person, answer.order());
    } else if (known.state() == State.ACCEPTED && own) {
      next = answer.release() ? known.reopened() : known.accepted(person, answer.order());
    } else {
      throw new Refused(
          Refusal.of(
              Reason.ALREADY_THERE,
              "proposal %d is %s%s",
              known.number(),
              known.state().wire(),
              known.by().map(by -> " by " + by.local()).orElse("")));
    }
    return answers.write(
        next.number(),
        new Entry.ProposalNoted(next),
        () -> {
          // It may have ended meanwhile.
          proposals.replace(next.number(), known, next);
          return CompletableFuture.completedFuture(Payload.of(Wire.PROPOSAL, next.write()));
        });
  }
}
