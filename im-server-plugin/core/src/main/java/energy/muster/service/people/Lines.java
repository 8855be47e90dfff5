// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.ChatLine;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What people say to each other, as ordinary chat, kept over an absence. A line counts as arrived
 * once a session it was sent to is heard of again; when that session ends first, the line is sent
 * to the next. Changed at the desk only.
 */
final class Lines {
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_WAITING = 100;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Map<BareJid, List<Waiting>> boxes = new HashMap<>();
  private final People people;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;

  private record Waiting(ChatLine line, Map<FullJid, Instant> sent) {}

  Lines(
      People people,
      Sessions sessions,
      Outbound outbound,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.people = people;
    this.sessions = sessions;
    this.outbound = outbound;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
  }

  void recover(List<ChatLine> known) {
    known.forEach(line -> box(line.to()).add(new Waiting(line, new HashMap<>())));
  }

  private List<Waiting> box(BareJid person) {
    return boxes.computeIfAbsent(person, any -> new ArrayList<>());
  }

  private record Asked(BareJid to, String text) {
    static Asked read(Fields fields) {
      return new Asked(fields.value("to", BareJid::parse), fields.text("text"));
    }
  }

  /** A person tells another something; answered when it is on disk. */
  CompletionStage<Payload> tell(Session session, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    Certified from = session.certified().orElseThrow();
    return tell(from, asked.to(), asked.text())
        .thenApply(
            there -> Payload.of(Wire.TELL, Json.object().put("state", there ? "sent" : "kept")));
  }

  /** As {@link #tell(Session, Payload)}; the value says whether they are there. */
  CompletionStage<Boolean> tell(Certified from, BareJid to, String text) {
    if (people.known(from, to).isEmpty()) {
      throw stranger(to);
    }
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new Refused(Reason.INVALID_ARGUMENT, "a line has 1 to " + MAX_TEXT + " characters");
    }
    if (box(to).size() >= MAX_WAITING) {
      throw new Refused(Reason.BUSY, MAX_WAITING + " lines wait for " + to.local() + " already");
    }
    ChatLine line = line(from.jid(), to, text);
    return journal
        .append(new Entry.LineSaid(line))
        .thenCompose(
            kept ->
                desk.askHere(
                    () -> {
                      add(line);
                      return CompletableFuture.completedFuture(!people.present(to).isEmpty());
                    }));
  }

  static Refused stranger(BareJid person) {
    return new Refused(Reason.UNKNOWN, "nobody called " + person.local() + " works with you");
  }

  ChatLine line(BareJid from, BareJid to, String text) {
    Instant now = clock.instant();
    return new ChatLine(DocumentId.next(now), from, to, now, text);
  }

  /** Delivers a line that is on disk, now or when they are there. */
  void add(ChatLine line) {
    box(line.to()).add(new Waiting(line, new HashMap<>()));
    deliver(line.to());
  }

  /** A session of theirs is there now. */
  void arrived(BareJid person) {
    deliver(person);
  }

  private void deliver(BareJid person) {
    for (Waiting waiting : List.copyOf(boxes.getOrDefault(person, List.of()))) {
      waiting.sent().keySet().removeIf(session -> sessions.session(session).isEmpty());
      if (waiting.sent().isEmpty()) {
        send(waiting);
      }
    }
  }

  private void send(Waiting waiting) {
    ChatLine line = waiting.line();
    Instant now = clock.instant();
    for (FullJid session : people.present(line.to())) {
      outbound.say(line.from(), session, line.text(), line.at());
      waiting.sent().put(session, now);
    }
    if (!waiting.sent().isEmpty()) {
      timetable.after(LOOK_AGAIN, () -> look(waiting));
    }
  }

  private void look(Waiting waiting) {
    BareJid person = waiting.line().to();
    boolean arrived =
        waiting.sent().entrySet().stream()
            .anyMatch(
                sent ->
                    sessions
                        .session(sent.getKey())
                        .filter(session -> session.heard().isAfter(sent.getValue()))
                        .isPresent());
    if (arrived) {
      box(person).remove(waiting);
      journal.appendSoon(new Entry.LineTaken(waiting.line().id(), clock.instant()));
    } else {
      deliver(person);
      timetable.after(LOOK_AGAIN, () -> lookAgain(waiting));
    }
  }

  private void lookAgain(Waiting waiting) {
    if (!waiting.sent().isEmpty() && box(waiting.line().to()).contains(waiting)) {
      look(waiting);
    }
  }
}
