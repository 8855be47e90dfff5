// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.ied.fixture.Neighbours;
import energy.muster.presence.BranchSum;
import energy.muster.presence.BranchSum.Breakers;
import energy.muster.presence.BranchSum.Contacts;
import energy.muster.presence.BranchSum.Part;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummingTest {
  private static final Area BRANCH = new Area("branch-60");
  private static final Power RATING = Power.kilowatts(100);

  private static BranchSum sum(Contact... contacts) {
    return Summing.of(BRANCH, RATING, List.of(contacts), List.of()).orElseThrow();
  }

  private static Part part(int total, int uncertain) {
    return new Part(Power.kilowatts(total), Power.kilowatts(uncertain));
  }

  @Test
  void itAddsUpWhatEveryKindOfDeviceSays() {
    BranchSum sum =
        sum(
            Neighbours.load("load-1", 40, Certainty.REAL),
            Neighbours.load("load-2", 25, Certainty.ACTUAL),
            Neighbours.generator("gen-2", 30, Certainty.REAL),
            Neighbours.breaker("sw4", Position.CLOSED),
            Neighbours.breaker("sw6", Position.CLOSED),
            Neighbours.breaker("sw8", Position.OPEN));

    assertThat(sum.load()).isEqualTo(part(65, 0));
    assertThat(sum.generation()).isEqualTo(part(30, 0));
    assertThat(sum.sheddable()).isEqualTo(Power.kilowatts(65));
    assertThat(sum.breakers()).isEqualTo(new Breakers(1, 2));
    assertThat(sum.contacts()).isEqualTo(new Contacts(6, 0, Certainty.ACTUAL));
    assertThat(sum.flow()).isEqualByComparingTo("35");
  }

  @Test
  void oneThatWentSilentCountsWithItsLastWordAndAsUncertain() {
    BranchSum sum =
        sum(
            Neighbours.load("load-1", 40, Certainty.REAL),
            Neighbours.load("load-2", 25, Certainty.TEMPORARY),
            Neighbours.generator("gen-2", 30, Certainty.PREDICTED));

    assertThat(sum.load()).isEqualTo(part(65, 25));
    assertThat(sum.generation()).isEqualTo(part(30, 30));
    assertThat(sum.sheddable()).isEqualTo(Power.kilowatts(40));
    assertThat(sum.contacts()).isEqualTo(new Contacts(1, 2, Certainty.PREDICTED));
    assertThat(sum.flow()).isEqualByComparingTo("65");
  }

  @Test
  void oneThatNeverSaidAWordIsCountedAmongTheSilent() {
    BranchSum sum = sum(Neighbours.load("load-1", 40, Certainty.REAL), Neighbours.mute("load-2"));

    assertThat(sum.load()).isEqualTo(part(40, 0));
    assertThat(sum.contacts()).isEqualTo(new Contacts(1, 1, Certainty.TEMPORARY));
  }

  @Test
  void ofNobodyThereIsNoSum() {
    assertThat(Summing.of(BRANCH, RATING, List.of(), List.of())).isEmpty();
  }
}
