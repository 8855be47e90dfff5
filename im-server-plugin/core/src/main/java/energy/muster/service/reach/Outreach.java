// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Letter;
import energy.muster.service.journal.Letter.State;
import energy.muster.service.journal.Letter.Way;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alarms to addresses outside the network, each until it was taken there, nobody needs it any
 * more, or a day has passed. It may be sent twice, when the service was killed between the other
 * side's answer and its own record; its id then is the same. Only for use at the desk.
 */
public final class Outreach {
  static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  static final Duration LONGEST_RETRY = Duration.ofMinutes(15);
  static final Duration PATIENCE = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(Outreach.class);

  private static final int AT_ONCE = 4;

  private static final Comparator<Letter> URGENCY =
      Comparator.comparing((Letter letter) -> letter.alarm().priority()).thenComparing(Letter::id);

  private final String site;
  private final Mailer mailer;
  private final Webhook webhook;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private final Sender sender;
  private final Map<DocumentId, Letter> waiting = new HashMap<>();
  private final Set<DocumentId> ready = new HashSet<>();
  private final Set<DocumentId> underWay = new HashSet<>();
  private final Postage postage = new Postage();

  /** Whose alarms they are. Called at the desk. */
  public interface Sender {
    /** Whether somebody still has to be found for the alarm of this number. */
    boolean wanted(long alarm);

    /** It has left, and this is on disk. */
    void sent(long alarm, AlarmEntry.SentOut where);

    /** It was tried for too long. */
    void gaveUp(long alarm, String way, String to, String why);

    /** It was not sent, because nobody had to be found just then. */
    void dropped(long alarm, String to);
  }

  public Outreach(
      String site,
      Mailer mailer,
      Webhook webhook,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock,
      Sender sender) {
    this.site = site;
    this.mailer = mailer;
    this.webhook = webhook;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
    this.sender = sender;
  }

  /**
   * One letter to each address. They are to be written as {@link Entry.LetterNoted} together with
   * what they follow from, and given to {@link #send} when that is on disk.
   */
  public List<Letter> letters(
      AlarmEntry alarm,
      Optional<Sealed> word,
      Collection<String> mail,
      Collection<URI> hooks,
      Instant now) {
    return Stream.concat(
            mail.stream()
                .map(to -> Letter.of(DocumentId.next(now), Way.MAIL, to, alarm, word, now)),
            hooks.stream()
                .map(
                    to ->
                        Letter.of(
                            DocumentId.next(now), Way.WEBHOOK, to.toString(), alarm, word, now)))
        .toList();
  }

  /** Sends letters that are on disk, now or after a restart. */
  public void send(Collection<Letter> letters) {
    letters.stream().filter(letter -> letter.state() == State.WAITING).forEach(this::await);
    pump();
  }

  private void await(Letter letter) {
    waiting.put(letter.id(), letter);
    Duration wait = Duration.between(clock.instant(), letter.next());
    if (wait.isNegative() || wait.isZero()) {
      ready.add(letter.id());
      return;
    }
    ready.remove(letter.id());
    // What was written before the clock was set back may be for a time that is far away now.
    timetable.after(
        wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY,
        () -> {
          if (letter.equals(waiting.get(letter.id()))) {
            ready.add(letter.id());
          }
          pump();
        });
  }

  private void pump() {
    Instant now = clock.instant();
    List<Letter> due = new ArrayList<>();
    for (Letter letter : waiting.values()) {
      if (!underWay.contains(letter.id()) && ready.contains(letter.id())) {
        due.add(letter);
      }
    }
    due.sort(URGENCY);
    for (Letter letter : due) {
      if (underWay.size() >= AT_ONCE) {
        // The next that comes back makes room.
        return;
      }
      if (!sender.wanted(letter.alarm().number())) {
        end(letter.ended(State.DROPPED, "somebody was found"));
      } else {
        Optional<Instant> room = postage.room(letter.to(), now);
        if (room.isEmpty()) {
          post(letter, now);
        } else {
          putOff(letter, room.get());
        }
      }
    }
  }

  /** Not a failure, so not written down: after a restart it is tried at once. */
  private void putOff(Letter letter, Instant off) {
    await(letter.putOff(off));
  }

  private void post(Letter letter, Instant now) {
    underWay.add(letter.id());
    postage.spend(letter.to(), now);
    attempt(letter)
        .whenComplete(
            (done, failure) -> desk.put(() -> back(letter, Optional.ofNullable(failure))));
  }

  private CompletionStage<Void> attempt(Letter letter) {
    Errand errand = new Errand(letter.id(), site, letter.alarm(), letter.word(), letter.at());
    try {
      return letter.way() == Way.MAIL
          ? mailer.mail(letter.to(), errand)
          : webhook.post(URI.create(letter.to()), errand);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void back(Letter letter, Optional<Throwable> failure) {
    underWay.remove(letter.id());
    if (failure.isEmpty()) {
      end(letter.ended(State.SENT, ""));
    } else {
      again(letter, words(Failures.cause(failure.get())));
    }
    pump();
  }

  private static String words(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private void again(Letter letter, String why) {
    Instant now = clock.instant();
    if (!now.isBefore(letter.at().plus(PATIENCE))) {
      end(letter.ended(State.GIVEN_UP, why));
      return;
    }
    Letter failed = letter.failed(why, now.plus(pause(letter.tries())));
    LOG.warn(
        "alarm {} did not reach {}: {}; trying again at {}",
        letter.alarm().number(),
        letter.to(),
        why,
        failed.next());
    journal.appendSoon(new Entry.LetterNoted(failed));
    await(failed);
  }

  /** Doubles with each failure. */
  private static Duration pause(int failures) {
    long longest = LONGEST_RETRY.toMillis();
    long pause = FIRST_RETRY.toMillis();
    for (int i = 0; i < failures && pause < longest; i++) {
      pause *= 2;
    }
    return Duration.ofMillis(Math.min(pause, longest));
  }

  private void end(Letter letter) {
    waiting.remove(letter.id());
    ready.remove(letter.id());
    Instant now = clock.instant();
    journal
        .append(new Entry.LetterNoted(letter))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.error("what became of letter {} is not on disk", letter.id(), failure);
              }
              desk.put(() -> tell(letter, now));
            });
  }

  private void tell(Letter letter, Instant at) {
    long alarm = letter.alarm().number();
    if (letter.state() == State.SENT) {
      sender.sent(alarm, new AlarmEntry.SentOut(letter.way().wire(), letter.to(), at));
    } else if (letter.state() == State.GIVEN_UP) {
      sender.gaveUp(alarm, letter.way().wire(), letter.to(), letter.note());
    } else {
      sender.dropped(alarm, letter.to());
    }
  }
}
