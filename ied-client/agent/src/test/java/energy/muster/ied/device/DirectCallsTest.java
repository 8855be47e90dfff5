// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.Reach;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.presence.Show;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DirectCallsTest extends AlarmingBreaker {
  @Test
  void whenTheServiceIsSilentTheFirstOfTheListWhoAnswersHasIt() {
    configure(1, "{'alarmContacts':['op-1@grid.example','op-2@grid.example']}");
    there(OP_2);
    silent = true;
    load(97);
    seconds(25);
    assertThat(handed).isEmpty();
    seconds(15);

    assertThat(handed).startsWith("op-2 trip-imminent onset");
    assertThat(one.site().events().lines()).contains("told op-2 trip-imminent");

    silent = false;
    seconds(120);
    assertThat(told()).contains("trip-imminent onset");
    assertThat(handed).doesNotHaveDuplicates();
  }

  @Test
  void whoHasItHearsThatItIsOver() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there(OP_1);
    silent = true;
    load(97);
    seconds(40);
    load(50);
    seconds(50);

    assertThat(handed).contains("op-1 trip-imminent onset", "op-1 trip-imminent return");
  }

  @Test
  void whileNobodyIsThereItAsksAroundAgain() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there();
    silent = true;
    load(97);
    seconds(50);
    assertThat(handed).isEmpty();

    there(OP_1);
    seconds(31);

    assertThat(handed).contains("op-1 trip-imminent onset");
  }

  @Test
  void whoIsAwayIsNotAsked() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    one.site()
        .link()
        .others(
            (to, payload) -> {
              assertThat(payload.wire()).isEqualTo(Wire.REACH);
              return CompletableFuture.completedFuture(
                  new Reach(Map.of(new FullJid(OP_1, "console"), Show.DND)).payload());
            });
    silent = true;
    load(97);
    seconds(70);

    assertThat(one.site().events().lines()).noneMatch(line -> line.startsWith("told"));
  }

  @Test
  void nobodyIsDisturbedWhenTheServiceHasIt() {
    configure(1, "{'alarmContacts':['op-1@grid.example']}");
    there(OP_1);
    load(97);
    seconds(70);

    assertThat(handed).isEmpty();
  }

  @Test
  void anUnreadableAnswerAboutOneDoesNotKeepItFromTheNext() {
    configure(1, "{'alarmContacts':['op-1@grid.example','op-2@grid.example']}");
    Payload reach = new Reach(Map.of(new FullJid(OP_2, "console"), Show.AVAILABLE)).payload();
    Payload unreadable = Payload.of(Wire.REACH, Json.object().put("sessions", "none"));
    one.site()
        .link()
        .others(
            (to, payload) ->
                CompletableFuture.completedFuture(to.equals(OP_1.toString()) ? unreadable : reach));
    silent = true;
    load(97);
    seconds(40);

    assertThat(one.site().events().lines()).contains("told op-2 trip-imminent");
  }
}
