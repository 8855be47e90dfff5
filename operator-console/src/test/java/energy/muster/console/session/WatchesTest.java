// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who waits for a device is told when it becomes available. */
final class WatchesTest extends Sitting {
  private static final BareJid GENERATOR = TestPki.jid("gen-2");
  private static final DevicePresence RESTRICTED =
      Sample.generator(
          Operating.OFF,
          Optional.of(Restriction.of(RestrictionReason.MAINTENANCE, "oil", Optional.empty())));
  private static final DevicePresence FREE = Sample.generator(Operating.OFF, Optional.empty());

  @Test
  void eachTimeItBecomesAvailableIsToldOnce() throws Exception {
    assertThat(session.run("watch gen-2").ok()).isTrue();
    assertThat(one(Event.Watched.class).available()).containsExactly(GENERATOR);
    service.change("gen-2", RESTRICTED);
    service.change("gen-2", FREE);
    service.change("gen-2", FREE);
    assertThat(all(Event.Available.class)).hasSize(1);
    service.change("gen-2", RESTRICTED);
    service.change("gen-2", FREE);
    assertThat(all(Event.Available.class)).hasSize(2);
  }

  @Test
  void whatHappenedDuringACutIsToldAfterIt() throws Exception {
    service.change("gen-2", RESTRICTED);
    session.run("watch gen-2");
    service.losesAChange("gen-2", FREE);
    service.cutAndProveAgain();
    assertThat(one(Event.Available.class).contact().device()).isEqualTo(GENERATOR);
  }

  @Test
  void aDescriptionMeansWhoeverItIsTrueOf() throws Exception {
    session.run("watch generators that are off");
    assertThat(one(Event.Watched.class).devices()).containsExactly(GENERATOR);
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    session.run("watches");
    assertThat(all(Event.Watched.class).get(1).described())
        .containsEntry("generators that are off", List.of());

    service.change("gen-2", RESTRICTED);
    service.change("gen-2", FREE);
    assertThat(all(Event.Available.class)).hasSize(1);
    session.run("unwatch generators that are off");
    assertThat(all(Event.Watched.class).get(2).devices()).isEmpty();
  }

  @Test
  void whatMakesItAvailableMayBeWhatItWasWatchedFor() throws Exception {
    service.change("gen-2", RESTRICTED);
    session.run("watch generators that are restricted");
    service.change("gen-2", FREE);

    assertThat(all(Event.Available.class)).hasSize(1);
    session.run("watches");
    assertThat(all(Event.Watched.class).get(1).devices()).isEmpty();
  }

  @Test
  void whoIsNoLongerWatchedIsNotTold() throws Exception {
    service.change("gen-2", RESTRICTED);
    session.run("watch gen-2");
    session.run("unwatch gen-2");
    service.change("gen-2", FREE);
    assertThat(all(Event.Available.class)).isEmpty();
    session.run("watches");
    assertThat(all(Event.Watched.class).get(2).devices()).isEmpty();
  }
}
