// SPDX-License-Identifier: Apache-2.0
package energy.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoldenStanzaTest {
  @Test
  void everyElementOfTheWireHasAGoldenStanza() {
    Set<Wire> covered =
        Arrays.stream(GoldenStanza.values())
            .flatMap(golden -> golden.payload().stream())
            .map(Payload::wire)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Wire.class)));

    assertThat(covered).containsExactlyInAnyOrder(Wire.values());
  }

  @Test
  void theJsonOfEveryGoldenStanzaIsReadByTheStrictParser() {
    assertThat(Arrays.stream(GoldenStanza.values()).flatMap(golden -> golden.payload().stream()))
        .allSatisfy(
            payload -> {
              if (payload.json().isPresent()) {
                assertThat(payload.requireJson()).isNotEmpty();
              }
            });
  }

  @Test
  void aGoldenRefusalIsReadAsItsReason() {
    Payload refused = GoldenStanza.REFUSED_BY_SERVICE.payload().orElseThrow();

    assertThat(refused.toRefusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void theGoldenPresenceIsWhatTheDevicePresenceWrites() {
    String json = GoldenStanza.PRESENCE_RESTRICTED.payload().orElseThrow().json().orElseThrow();

    assertThat(DevicePresence.read(json).write()).hasToString(json);
  }

  @Test
  void aStanzaWithOtherTextDoesNotMatch() {
    String other = GoldenStanza.CLOSE_SET.xml().replace("v1", "v2");

    assertThat(GoldenStanza.CLOSE_SET.matches(other)).isFalse();
  }

  @Test
  void quotesAndPrefixesDoNotMatter() {
    String other =
        GoldenStanza.LEASE_SET.xml().replace('\'', '"').replace("lease xmlns=", "a:lease xmlns:a=");

    assertThat(GoldenStanza.LEASE_SET.matches(other)).isTrue();
  }
}
