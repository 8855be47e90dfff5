// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How a console comes to know after a cut what has changed meanwhile. */
final class CatchingUpTest extends Sitting {
  private void assertBecomes(BooleanSupplier so) throws Exception {
    assertThat(session.mirror().await(so, Duration.ofSeconds(10))).isTrue();
  }

  private void changedDuringACut() {
    service.losesAChange("gen-2", Sample.generator(Operating.ON, Optional.empty()));
  }

  @Test
  void aViewThatCannotBeOpenedNowIsOpenedALittleLater() throws Exception {
    changedDuringACut();
    service.view.failing.add(new Refused(Reason.BUSY, "not now"));
    service.view.failing.add(new LinkException("no answer"));

    service.cutAndProveAgain();

    assertThat(session.run("expect gen-2 on").ok()).isTrue();
    events.clear();
    session.run("status gen-2");
    assertThat(all(Event.Said.class)).isEmpty();
  }

  @Test
  void aNarrowerViewThatCannotBeOpenedNowIsOpenedALittleLater() throws Exception {
    service.view.failing.add(new Refused(Reason.RATE_LIMITED, "not now"));

    assertThat(session.run("view branch 60").ok()).isFalse();

    assertBecomes(() -> session.mirror().all().size() == 2);
  }

  @Test
  void whileTheViewIsNotOpenWhatIsShownIsSaidToBeOld() throws Exception {
    service.view.failing.add(new Refused(Reason.UNSUPPORTED, "not here"));
    service.cutAndProveAgain();
    events.clear();

    session.run("status gen-2");

    assertThat(one(Event.Said.class).text()).startsWith("not up to date:");
  }

  @Test
  void openAlarmsThatCannotBeHadNowAreAskedForALittleLater() throws Exception {
    service.alarms.keep(AlarmSample.entry());
    service.alarms.failing.add(new Refused(Reason.RATE_LIMITED, "not now"));

    service.cutAndProveAgain();

    assertBecomes(() -> session.openAlarms().contains(42L));
  }

  private void orderNobodyAnswered() throws Exception {
    service.behave((command, device) -> Optional.empty());
    session.run("shed load-48");
    service.keepsAnswer(only(), LOAD, new Result.Executed("meanwhile"));
    events.clear();
  }

  @Test
  void alarmsAreAskedForBeforeOrdersOfWhichThereMayBeMany() throws Exception {
    orderNobodyAnswered();
    List<Integer> before = new ArrayList<>();
    service.alarms.meanwhile(() -> before.add(service.lookUps));
    int lookUps = service.lookUps;

    service.cutAndProveAgain();

    assertThat(before).containsExactly(lookUps);
    assertThat(one(Event.Answered.class).outcome().result().text()).isEqualTo("meanwhile");
  }

  @Test
  void anOrderThatCannotBeLookedUpNowIsLookedUpALittleLater() throws Exception {
    orderNobodyAnswered();
    service.failing.add(new Refused(Reason.RATE_LIMITED, "not now"));

    service.cutAndProveAgain();

    assertBecomes(() -> !all(Event.Answered.class).isEmpty());
  }

  @Test
  void changesThatComeBeforeTheListAreNotKeptWithoutEnd() {
    Monitor monitor = new Monitor();
    View view = new View(monitor, new Mirror(monitor, TestPki.jid("op-1").domain()));
    View.Opening opening = view.open();
    for (int number = 2; number <= View.MOST_EARLY + 10; number++) {
      view.change(Json.parse("{\"id\":\"v1\",\"rev\":" + number + ",\"changes\":[]}"));
    }

    View.Taken taken =
        view.begin(opening, Json.parse("{\"epoch\":\"noon\",\"rev\":1,\"entries\":[]}"));

    assertThat(taken.gap()).isTrue();
  }
}
