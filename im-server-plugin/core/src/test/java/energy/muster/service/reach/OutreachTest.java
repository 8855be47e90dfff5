// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmEntry;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.fixture.InMemoryJournal;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Letter;
import energy.muster.service.journal.Letter.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutreachTest {
  private static final Instant START = Instant.parse("2026-07-01T12:05:00Z");
  private static final Sealed WORD = Sealed.ofBase64("MAMCAQE=");
  private static final String OFFICE = "night@plant.example";
  private static final URI HOOK = URI.create("https://hooks.example/muster");

  private record Tried(String to, Errand errand, Instant at, CompletableFuture<Void> answer) {}

  private final InMemoryJournal journal = new InMemoryJournal();
  private final List<Tried> tried = new ArrayList<>();
  private final List<AlarmEntry.SentOut> sent = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Set<Long> settled = new HashSet<>();
  private final Desk desk = new Desk(Runnable::run);
  private Instant now = START;
  private Timetable timetable = new Timetable(() -> now);
  private Outreach outreach = outreach();

  private Outreach outreach() {
    return new Outreach(
        "ieee123",
        this::attempt,
        (to, errand) -> attempt(to.toString(), errand),
        journal,
        timetable,
        desk,
        () -> now,
        new Outreach.Sender() {
          @Override
          public boolean wanted(long alarm) {
            return !settled.contains(alarm);
          }

          @Override
          public void sent(long alarm, AlarmEntry.SentOut where) {
            sent.add(where);
          }

          @Override
          public void gaveUp(long alarm, String way, String to, String why) {
            givenUp.add(way + " " + to + ": " + why);
          }

          @Override
          public void dropped(long alarm, String to) {
            dropped.add(to);
          }
        });
  }

  private CompletionStage<Void> attempt(String to, Errand errand) {
    Tried one = new Tried(to, errand, now, new CompletableFuture<>());
    tried.add(one);
    return one.answer();
  }

  private static AlarmEntry alarm(long number, String priority) {
    return AlarmEntry.read(
        Fields.of(
            GoldenFile.tree("entry-offered").put("number", number).put("priority", priority)));
  }

  private List<Letter> post(AlarmEntry alarm, String... to) {
    List<Letter> letters = outreach.letters(alarm, Optional.of(WORD), List.of(to), List.of(), now);
    journal.append(letters.stream().map(letter -> (Entry) new Entry.LetterNoted(letter)).toList());
    send(letters);
    return letters;
  }

  private void send(List<Letter> letters) {
    desk.put(() -> outreach.send(letters));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    desk.put(() -> timetable.advanceTo(now));
  }

  private Letter newest() {
    List<Entry.LetterNoted> noted = journal.entries(Entry.LetterNoted.class);
    return noted.get(noted.size() - 1).letter();
  }

  private void fail(Tried one, String why) {
    one.answer().completeExceptionally(new IllegalStateException(why));
  }

  @Test
  void eachAddressGetsItOnce() {
    List<Letter> letters =
        outreach.letters(
            alarm(42, "critical"), Optional.of(WORD), List.of(OFFICE), List.of(HOOK), now);
    send(letters);
    tried.forEach(one -> one.answer().complete(null));
    pass(Duration.ofDays(2));

    assertThat(tried).extracting(Tried::to).containsExactlyInAnyOrder(OFFICE, HOOK.toString());
    assertThat(sent)
        .extracting(AlarmEntry.SentOut::way)
        .containsExactlyInAnyOrder("mail", "webhook");
  }

  @Test
  void theAlarmSaysSoOnlyWhenThatIsOnDisk() {
    post(alarm(42, "critical"), OFFICE);
    journal.hold();
    tried.get(0).answer().complete(null);

    assertThat(sent).isEmpty();
    journal.sync();
    assertThat(sent).containsExactly(new AlarmEntry.SentOut("mail", OFFICE, START));
  }

  @Test
  void aFailureIsTriedAgainUnderTheSameIdAndMoreAndMoreSlowly() {
    post(alarm(42, "critical"), OFFICE);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      fail(tried.get(i), "connection refused");
      Duration pause = Duration.between(now, newest().next());
      pauses.add(pause);
      pass(pause.minusMillis(1));
      assertThat(tried).hasSize(i + 1);
      pass(Duration.ofMillis(1));
      assertThat(tried).hasSize(i + 2);
    }

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L);
    assertThat(tried).extracting(one -> one.errand().id()).containsOnly(newest().id());
    assertThat(newest().note()).isEqualTo("connection refused");
    assertThat(newest().tries()).isEqualTo(10);
  }

  @Test
  void afterADayItIsGivenUpAndSaidSo() {
    post(alarm(42, "critical"), OFFICE);
    for (int i = 0; newest().state() == State.WAITING; i++) {
      fail(tried.get(i), "no route");
      pass(Outreach.LONGEST_RETRY);
    }

    assertThat(newest().state()).isEqualTo(State.GIVEN_UP);
    assertThat(now).isBetween(START.plus(Outreach.PATIENCE), START.plus(Duration.ofHours(25)));
    assertThat(givenUp).containsExactly("mail " + OFFICE + ": no route");
  }

  @Test
  void whenSomebodyWasFoundItIsNotTriedAgain() {
    post(alarm(42, "critical"), OFFICE);
    fail(tried.get(0), "connection refused");
    settled.add(42L);
    pass(Duration.ofHours(1));

    assertThat(tried).hasSize(1);
    assertThat(newest().state()).isEqualTo(State.DROPPED);
    assertThat(sent).isEmpty();
    assertThat(dropped).containsExactly(OFFICE);
  }

  @Test
  void whatWaitsIsTriedAgainAlsoWhenTheClockWasSetBack() {
    post(alarm(42, "critical"), OFFICE);
    fail(tried.get(0), "connection refused");
    pass(Duration.ofSeconds(1));
    pass(Duration.ofHours(-1));
    pass(Duration.ofSeconds(5));

    assertThat(tried).hasSize(2);
  }

  @Test
  void afterARestartWhatWaitedIsTriedAgain() {
    post(alarm(42, "critical"), OFFICE);
    fail(tried.get(0), "connection refused");
    Letter onDisk = newest();
    timetable = new Timetable(() -> now);
    outreach = outreach();
    send(List.of(onDisk));
    assertThat(tried).hasSize(1);
    pass(Duration.ofSeconds(5));

    assertThat(tried).hasSize(2);
    assertThat(tried.get(1).errand()).isEqualTo(tried.get(0).errand());
  }

  @Test
  void afterARestartWithTheClockSetBackWhatWaitedIsTriedWithinTheLongestPause() {
    post(alarm(42, "critical"), OFFICE);
    fail(tried.get(0), "connection refused");
    Letter onDisk = newest();
    now = now.minus(Duration.ofHours(6));
    timetable = new Timetable(() -> now);
    outreach = outreach();
    send(List.of(onDisk));
    assertThat(tried).hasSize(1);
    pass(Outreach.LONGEST_RETRY);

    assertThat(tried).hasSize(2);
  }

  @Test
  void anAddressThatGotEnoughGetsMoreInAWhileAlsoWhenTheClockWasSetBack() {
    for (int i = 0; i < Postage.MOST; i++) {
      post(alarm(i, "critical"), OFFICE);
      tried.get(i).answer().complete(null);
    }
    pass(Duration.ofHours(-1));
    post(alarm(42, "critical"), OFFICE);
    assertThat(tried).hasSize(Postage.MOST);

    pass(Postage.WINDOW);

    assertThat(tried).hasSize(Postage.MOST + 1);
  }

  @Test
  void whatIsOverIsNotSentAfterARestart() {
    send(List.of(post(alarm(42, "critical"), OFFICE).get(0).ended(State.SENT, "")));
    tried.get(0).answer().complete(null);
    pass(Duration.ofDays(2));

    assertThat(tried).hasSize(1);
  }

  @Test
  void aPortThatThrowsIsAFailureLikeAnyOther() {
    List<Letter> letters =
        outreach.letters(
            alarm(42, "low"),
            Optional.of(WORD),
            List.of(),
            List.of(URI.create("https://a.example/")),
            now);
    Letter broken =
        Letter.of(
            letters.get(0).id(),
            Letter.Way.WEBHOOK,
            "not a URI",
            alarm(42, "low"),
            Optional.of(WORD),
            now);
    send(List.of(broken));

    assertThat(newest().state()).isEqualTo(State.WAITING);
    assertThat(newest().tries()).isEqualTo(1);
  }

  @Test
  void aStormReachesAnAddressInPortionsTheMostUrgentFirst() {
    for (int i = 0; i < 100; i++) {
      post(alarm(i, i % 2 == 0 ? "low" : "high"), OFFICE);
    }
    drain();
    assertThat(tried).hasSize(Postage.MOST);
    pass(Postage.WINDOW.minusMillis(1));
    drain();
    assertThat(tried).hasSize(Postage.MOST);

    pass(Duration.ofMillis(1));
    drain();
    assertThat(tried).hasSize(2 * Postage.MOST);
    assertThat(tried.subList(Postage.MOST, 2 * Postage.MOST))
        .extracting(one -> one.errand().alarm().priority().wire())
        .containsOnly("high");
  }

  private void drain() {
    for (int i = 0; i < tried.size(); i++) {
      tried.get(i).answer().complete(null);
    }
  }

  @Test
  void aFullAddressKeepsNobodyElseWaiting() {
    for (int i = 0; i < 100; i++) {
      post(alarm(i, "critical"), OFFICE);
    }
    drain();
    post(alarm(200, "low"), "day@plant.example");

    assertThat(tried.get(tried.size() - 1).to()).isEqualTo("day@plant.example");
  }

  @Test
  void aFewAreUnderWayAtATime() {
    for (int i = 0; i < 10; i++) {
      post(alarm(i, "high"), "op-" + i + "@plant.example");
    }
    assertThat(tried).hasSize(4);
    tried.get(2).answer().complete(null);

    assertThat(tried).hasSize(5);
  }
}
