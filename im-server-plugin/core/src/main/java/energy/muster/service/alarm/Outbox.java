// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmEntry.SentOut;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Letter;
import energy.muster.service.reach.Mailer;
import energy.muster.service.reach.Outreach;
import energy.muster.service.reach.Webhook;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Alarms that leave the network, and what the book is told of it. Only for use at the desk. */
final class Outbox implements Outreach.Sender {
  private final AlarmBook book;
  private final Journal journal;
  private final Desk desk;
  private final InstantSource clock;
  private final Outreach outreach;

  private Mailer mailer = (to, errand) -> nowhere("no mail server is set up");
  private Webhook webhook = (to, errand) -> nowhere("webhooks are not set up");

  Outbox(
      String site,
      AlarmBook book,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.book = book;
    this.journal = journal;
    this.desk = desk;
    this.clock = clock;
    outreach =
        new Outreach(
            site,
            (to, errand) -> mailer.mail(to, errand),
            (to, errand) -> webhook.post(to, errand),
            journal,
            timetable,
            desk,
            clock,
            this);
  }

  private static CompletionStage<Void> nowhere(String why) {
    return CompletableFuture.failedFuture(new IllegalStateException(why));
  }

  void through(Mailer mail, Webhook hooks) {
    mailer = mail;
    webhook = hooks;
  }

  void recover(List<Letter> letters) {
    outreach.send(letters);
  }

  /**
   * Nobody took it on: it goes wherever its course says and it has not gone yet. It is written down
   * with its letters, so that a restart forgets neither and sends nothing twice.
   */
  void leave(OpenAlarm alarm, AlarmCourse course) {
    Set<String> gone = alarm.care().gone();
    List<Letter> letters =
        outreach.letters(
            alarm.entry(),
            alarm.word(),
            course.mail().stream().filter(to -> !gone.contains(to)).toList(),
            course.webhook().stream().filter(to -> !gone.contains(to.toString())).toList(),
            clock.instant());
    if (letters.isEmpty()) {
      book.writeSoon(alarm);
    } else {
      letters.forEach(letter -> alarm.care().goes(letter.to()));
      write(alarm, letters);
    }
  }

  /** They leave also while the disk takes nothing: a restart just then sends them twice. */
  private void write(OpenAlarm alarm, List<Letter> letters) {
    Entry[] noted = letters.stream().map(Entry.LetterNoted::new).toArray(Entry[]::new);
    var unused =
        book.write(List.of(alarm), noted)
            .whenComplete(
                (done, failure) ->
                    desk.put(
                        () -> {
                          if (failure != null) {
                            journal.appendSoon(List.of(noted));
                          }
                          outreach.send(letters);
                        }));
  }

  @Override
  public boolean wanted(long alarm) {
    return book.alarm(alarm).filter(known -> known.life().looks()).isPresent();
  }

  @Override
  public void sent(long alarm, SentOut where) {
    book.alarm(alarm)
        .ifPresent(
            known -> {
              known.sent(where);
              note(known, "by %s to %s".formatted(where.way(), where.to()));
            });
  }

  @Override
  public void gaveUp(long alarm, String way, String to, String why) {
    book.alarm(alarm)
        .ifPresent(known -> note(known, "given up by %s to %s: %s".formatted(way, to, why)));
  }

  @Override
  public void dropped(long alarm, String to) {
    book.alarm(alarm).ifPresent(known -> known.care().stays(to));
  }

  private void note(OpenAlarm alarm, String text) {
    alarm.note(clock.instant(), Kind.SENT_OUT, Optional.empty(), text);
    book.writeSoon(alarm);
  }
}
