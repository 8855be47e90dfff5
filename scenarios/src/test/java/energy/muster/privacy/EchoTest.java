// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoTest {
  @Test
  void theNameAndWhatIsRandomAreTakenOut() {
    assertThat(
            Echo.of(
                "<iq type='set' id='847-12' to='rival@grid.example'>"
                    + "<query ver='7'><item jid='load-10@grid.example'/></query></iq>",
                "load-10"))
        .isEqualTo(
            "<iq type='set' id='any' to='rival@grid.example'>"
                + "<query><item jid='account@grid.example'/></query></iq>");
  }

  @Test
  void theIdOfTheProbeStays() {
    assertThat(Echo.of("<iq type='error' id='probe'/>", "load-10"))
        .isEqualTo("<iq type='error' id='probe'/>");
  }

  @Test
  void wordsAndConditionsStay() {
    String error = "<error type='cancel'><service-unavailable/></error>";
    assertThat(Echo.of(error, "load-10")).isEqualTo(error);
  }
}
