// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Three loads of 40 kW on a branch that keeps 60 kW on. */
class FloorsTest {
  private static final Area BRANCH = new Area("branch-60");

  private static Contact load(String name, Certainty certainty) {
    return new Contact(
        jid(name),
        Set.of(BRANCH),
        Optional.of(
            new DevicePresence(
                1,
                DeviceKind.LOAD,
                Operating.ON,
                Optional.empty(),
                Optional.empty(),
                Map.of(Quantity.POWER, BigDecimal.valueOf(40)),
                List.of(),
                Duration.ofMinutes(1))),
        certainty,
        Instant.EPOCH,
        Optional.empty());
  }

  private static BareJid jid(String name) {
    return new BareJid(name, "grid.example");
  }

  private static Optional<String> forbids(Certainty third, Set<BareJid> perhapsShed) {
    List<Contact> contacts =
        List.of(load("a", Certainty.REAL), load("b", Certainty.REAL), load("c", third));
    return new Floors(Map.of(BRANCH, Power.kilowatts(60)), () -> contacts)
        .now()
        .forbids(new Candidate(jid("a"), Power.kilowatts(40)), perhapsShed);
  }

  @Test
  void allContactsAreLookedThroughOnceForManyCandidates() {
    AtomicInteger looks = new AtomicInteger();
    List<Contact> contacts = List.of(load("a", Certainty.REAL), load("b", Certainty.REAL));
    Floors.Standing standing =
        new Floors(
                Map.of(BRANCH, Power.kilowatts(60)),
                () -> {
                  looks.incrementAndGet();
                  return contacts;
                })
            .now();

    assertThat(standing.forbids(new Candidate(jid("a"), Power.kilowatts(20)), Set.of())).isEmpty();
    assertThat(standing.forbids(new Candidate(jid("b"), Power.kilowatts(40)), Set.of()))
        .isPresent();
    assertThat(looks).hasValue(1);
  }

  @Test
  void oneMayGoWhileTwoStayOn() {
    assertThat(forbids(Certainty.REAL, Set.of())).isEmpty();
  }

  @Test
  void noSecondOneMayGo() {
    assertThat(forbids(Certainty.REAL, Set.of(jid("b"))))
        .contains("branch-60 keeps at least 60 kW on");
  }

  @Test
  void nobodyCountsOnWhoCannotBeReached() {
    assertThat(forbids(Certainty.TEMPORARY, Set.of())).isPresent();
  }
}
