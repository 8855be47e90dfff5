// SPDX-License-Identifier: Apache-2.0
package energy.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import org.junit.jupiter.api.Test;

class LeaseAnswerTest {
  @Test
  void saysHowManyDeliveriesWait() {
    Payload golden = GoldenStanza.LEASE_WAITING_RESULT.payload().orElseThrow();

    assertThat(LeaseAnswer.read(golden).waiting()).hasValue(2);
    assertThat(LeaseAnswer.of(2).payload()).isEqualTo(golden);
  }

  @Test
  void anEmptyAnswerSaysNothingOfWhatWaits() {
    Payload golden = GoldenStanza.LEASE_RESULT.payload().orElseThrow();

    assertThat(LeaseAnswer.read(golden).waiting()).isEmpty();
    assertThat(LeaseAnswer.read(golden).payload()).isEqualTo(golden);
  }
}
