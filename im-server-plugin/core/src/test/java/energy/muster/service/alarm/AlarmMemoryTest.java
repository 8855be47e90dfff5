// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.AlarmsRecord;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service that was killed still knows of how often alarms came, and behind which. */
final class AlarmMemoryTest {
  private final Plant plant = new Plant();
  private final World world = plant.world;

  @BeforeEach
  void aLoadAndAnOperator() {
    plant.device("load-1", "branch-60");
    plant.operator("op-1", "branch-60");
    plant.come("op-1");
  }

  private void restart() {
    // What was said of people is on disk by then.
    plant.pass(Duration.ofSeconds(6));
    plant.restart();
    plant.come("load-1");
    plant.come("op-1");
  }

  private long often(int times) {
    long number = 0;
    for (int i = 0; i < times; i++) {
      number = plant.onset("load-1", "too-hot");
      plant.does("op-1", AlarmAct.Kind.ACKNOWLEDGE, number);
      plant.returned("load-1", "too-hot");
    }
    return number;
  }

  @Test
  void aPointThatChattersGoesOnWithItsLastAlarmAndWhoeverHadIt() {
    long last = often(5);
    restart();

    assertThat(plant.onset("load-1", "too-hot")).isEqualTo(last);
    assertThat(plant.entry(last).chattering()).isTrue();
    assertThat(plant.entry(last).state()).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void whatWasTooOftenLongAgoIsNotHeldAgainstAPoint() {
    long last = often(5);
    plant.pass(Duration.ofSeconds(61));
    restart();

    assertThat(plant.onset("load-1", "too-hot")).isGreaterThan(last);
  }

  @Test
  void aPointThatChatteredIsQuietAfterAMinuteWithoutIt() {
    often(5);
    long number = plant.onset("load-1", "too-hot");
    restart();
    assertThat(plant.entry(number).chattering()).isTrue();

    plant.pass(Duration.ofSeconds(61));

    assertThat(plant.entry(number).chattering()).isFalse();
  }

  @Test
  void aPointThatWasQuietWhileTheServiceWasAwaySaysSo() {
    often(5);
    long number = plant.onset("load-1", "too-hot");
    world.clock.set(world.clock.in(Duration.ofMinutes(5)));
    restart();
    plant.pass(Duration.ofSeconds(1));

    assertThat(plant.entry(number).chattering()).isFalse();
  }

  @Test
  void aFloodStaysBehindItsFirstAlarm() {
    for (int i = 0; i < 12; i++) {
      plant.onset("load-1", "rule-" + (char) ('a' + i));
    }
    restart();
    List<AlarmEntry> list = plant.list("op-1", "open");

    assertThat(list.get(0).number()).isEqualTo(1);
    assertThat(list.stream().filter(entry -> entry.group().isPresent()).map(AlarmEntry::number))
        .containsExactly(11L, 12L);

    long next = plant.onset("load-1", "rule-z");
    assertThat(plant.seenBy("op-1", "open").get(next).group()).hasValue(1);
  }

  @Test
  void aFloodOfSomeTimeAgoStaysBehindItsFirstAlarm() {
    for (int i = 0; i < 12; i++) {
      plant.onset("load-1", "rule-" + (char) ('a' + i));
    }
    plant.pass(Duration.ofHours(2));
    restart();

    assertThat(plant.seenBy("op-1", "open").get(12L).group()).hasValue(1);
  }

  @Test
  void anActThatNamesAnEarlierOccurrenceIsOfTheAlarmIntoWhichItFolded() {
    long number = plant.onset("load-1", "too-hot");
    DocumentId earlier = plant.entry(number).occurrence();
    plant.returned("load-1", "too-hot");
    plant.onset("load-1", "too-hot");
    assertThat(plant.entry(number).occurrence()).isNotEqualTo(earlier);
    restart();

    world.set(plant.session("op-1"), acknowledging(earlier));

    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void anAlarmThatFoldsForWeeksIsKnownByItsNewestOccurrences() {
    long number = plant.onset("load-1", "too-hot");
    List<DocumentId> named = new ArrayList<>(List.of(plant.entry(number).occurrence()));
    for (int i = 0; i < AlarmsRecord.MOST_DOCUMENTS; i++) {
      plant.pass(Duration.ofSeconds(1));
      plant.onset("load-1", "too-hot");
      named.add(plant.entry(number).occurrence());
    }

    assertThat(world.refusal(plant.session("op-1"), acknowledging(named.get(0))))
        .isEqualTo(Reason.UNKNOWN);
    restart();
    assertThat(world.refusal(plant.session("op-1"), acknowledging(named.get(0))))
        .isEqualTo(Reason.UNKNOWN);
    world.set(plant.session("op-1"), acknowledging(named.get(1)));
    assertThat(plant.entry(number).state()).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  private Payload acknowledging(DocumentId occurrence) {
    return plant.sealed(
        AlarmAct.of(
            world.header(DocumentType.ALARM_ACT, World.jid("op-1")),
            List.of(occurrence),
            AlarmAct.Kind.ACKNOWLEDGE),
        "op-1");
  }

  @Test
  void theEndOfAnEarlierOccurrenceEndsNothingThatCameAfter() {
    long number = plant.onset("load-1", "too-hot");
    var late = plant.alarm("load-1", "too-hot", energy.muster.alarm.Alarm.Event.RETURN, false);
    plant.onset("load-1", "too-hot");
    restart();

    assertThat(plant.bring("load-1", late)).isEqualTo(number);
    assertThat(plant.entry(number).returned()).isEmpty();
    assertThat(plant.seenBy("op-1", "open")).hasSize(1);
  }
}
