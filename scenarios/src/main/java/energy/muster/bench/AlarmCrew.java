// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmCourse.Step;
import energy.muster.alarm.AlarmCourse.Whose;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Target;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.pki.Subject;
import energy.muster.presence.Show;
import energy.muster.seal.Sealer;
import energy.muster.seal.Trust;
import energy.muster.stage.Stage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The operators of some plants, who take on what is offered to them, come and go. Each plant has
 * two operators; each operator, two plants; and a chief takes on what they leave.
 */
final class AlarmCrew implements AutoCloseable {
  private static final Duration ACKNOWLEDGED_FOR = Duration.ofHours(1);
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration WORK_EVERY = Duration.ofMillis(500);

  /** Of the critical ones operators leave every fourth to the chief. */
  private static final int LEFT = 4;

  private static final int MOST = 1_000;

  private final Stage stage;
  private final Patience patience;
  private final BareJid chief;
  private final List<AlarmOperator> operators;
  private final AlarmOperator last;
  private final List<AlarmOperator> all = new ArrayList<>();
  private final ScheduledExecutorService hands = Executors.newScheduledThreadPool(2);

  /** Enrols them; nothing runs yet. */
  AlarmCrew(Stage stage, int plants, Screens board, Patience patience) {
    this.stage = stage;
    this.patience = patience;
    List<BareJid> staff =
        IntStream.range(0, plants).mapToObj(plant -> enrol(plant, plants)).toList();
    chief = stage.person("chief", Role.ENGINEER, Area.ALL);
    Trust trust = Trust.of(stage.folder().pki().authority().certificate());
    operators =
        staff.stream()
            .map(
                person ->
                    new AlarmOperator(
                        stage.folder(), person, stage::port, trust, AlarmCrew::mine, board))
            .toList();
    last = new AlarmOperator(stage.folder(), chief, stage::port, trust, any -> true, board);
    all.addAll(operators);
    all.add(last);
  }

  private BareJid enrol(int plant, int plants) {
    BareJid person = stage.folder().jid("op-at-" + plant);
    stage
        .folder()
        .enrol(
            Subject.of(person, Role.OPERATOR, plant(plant, plants))
                .with(Role.OPERATOR, plant(plant + 1, plants)));
    return person;
  }

  /** To which plant a device belongs. */
  static Area plant(int device, int plants) {
    return new Area("plant-" + device % plants);
  }

  private static boolean mine(AlarmEntry alarm) {
    return alarm.priority() != Priority.CRITICAL || alarm.number() % LEFT != 0;
  }

  /** All are there, and take on what is offered to them from now on. */
  void come() throws IOException, InterruptedException {
    for (AlarmOperator operator : all) {
      patience.await(operator.come(), "an operator's proof");
    }
    var unused =
        hands.scheduleWithFixedDelay(
            () -> all.forEach(AlarmOperator::work),
            WORK_EVERY.toMillis(),
            WORK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** One after the other is away for a while, until that is cancelled. */
  ScheduledFuture<?> comeAndGo(Duration pause) {
    return hands.scheduleWithFixedDelay(
        new ComingAndGoing(operators), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  BareJid chief() {
    return chief;
  }

  Link chiefsLink() {
    return last.link();
  }

  List<AlarmOperator> operators() {
    return operators;
  }

  /** When the chief's session has proven itself the next time. */
  CompletableFuture<Void> chiefIsBack() {
    return last.provenAgain();
  }

  /**
   * Who is asked: the operators of the device, and then engineers.
   *
   * @param hold how long each has for what is critical
   */
  void publish(Duration hold) throws InterruptedException {
    Instant now = Instant.now();
    AlarmPolicy policy =
        new AlarmPolicy(
            new Header(
                DocumentType.ALARM_POLICY, stage.folder().site(), DocumentId.next(now), chief, now),
            1,
            List.of(),
            List.of(
                course("critical", Set.of(Priority.CRITICAL), hold),
                course("other", Set.of(), REST)));
    patience.await(
        last.link()
            .set(
                Payload.of(
                    Wire.POLICY, Sealer.seal(policy.write(), now, stage.folder().identity(chief)))),
        "the policy");
  }

  private static AlarmCourse course(String name, Set<Priority> priorities, Duration hold) {
    return new AlarmCourse(
        name,
        new Whose(priorities, Set.of(), Set.of()),
        List.of(
            new Step(List.of(new Target.Holders(Role.OPERATOR)), hold),
            new Step(List.of(new Target.Holders(Role.ENGINEER)), hold)),
        ACKNOWLEDGED_FOR,
        List.of(),
        List.of());
  }

  /** Until every critical alarm is somebody's. */
  void settle() throws InterruptedException {
    long until = System.nanoTime() + patience.within().toNanos();
    while (critical() > 0) {
      if (System.nanoTime() > until) {
        throw patience.missed("somebody for every critical alarm");
      }
      patience.await(hands.schedule(() -> true, 200, TimeUnit.MILLISECONDS), "the next look");
    }
  }

  private long critical() throws InterruptedException {
    // The most urgent come first.
    return alarms(last, "unacknowledged").stream()
        .filter(alarm -> alarm.priority() == Priority.CRITICAL)
        .count();
  }

  /** What one of them is shown, in the order in which it is. */
  List<AlarmEntry> alarms(AlarmOperator asker, String filter) throws InterruptedException {
    ObjectNode asked = Json.object().put("filter", filter).put("limit", MOST);
    return Fields.of(
            patience
                .await(asker.link().get(Payload.of(Wire.ALARMS, asked)), "the open alarms")
                .requireLargeJson())
        .objects("alarms")
        .stream()
        .map(AlarmEntry::read)
        .toList();
  }

  /** All that happened to an alarm. */
  AlarmStory story(long number) throws InterruptedException {
    return AlarmStory.read(
        Fields.of(
            patience
                .await(
                    last.link()
                        .get(Payload.of(Wire.ALARM_HISTORY, Json.object().put("number", number))),
                    "the history of alarm " + number)
                .requireLargeJson()));
  }

  @Override
  public void close() {
    hands.shutdown();
    all.forEach(AlarmOperator::leave);
  }

  /** One after the other is away for a turn: with an open console, or without any. */
  private static final class ComingAndGoing implements Runnable {
    private final List<AlarmOperator> operators;
    private int turn;

    ComingAndGoing(List<AlarmOperator> operators) {
      this.operators = operators;
    }

    @Override
    public void run() {
      back(operators.get(turn % operators.size()));
      turn++;
      AlarmOperator next = operators.get(turn % operators.size());
      if (turn % 2 == 0) {
        next.show(Show.DND);
      } else {
        next.leave();
      }
    }

    private static void back(AlarmOperator operator) {
      if (operator.isThere()) {
        operator.show(Show.AVAILABLE);
        return;
      }
      try {
        var unused = operator.come();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
