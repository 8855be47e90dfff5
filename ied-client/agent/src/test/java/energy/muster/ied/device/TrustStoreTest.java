// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustStoreTest {
  @TempDir Path folder;

  @Test
  void aRevocationListThatCouldNotBeKeptIsNotAcknowledgedWhenItComesAgainEither() {
    try (OneDevice device = new OneDevice(folder, "gen-1", new CountingDriver.Settings())) {
      String list = Base64.getEncoder().encodeToString(device.site().pki().crl());
      Payload crl = Payload.of(Wire.CRL, Json.object().put("crl", list));
      device.journal().full(true);
      assertThat(device.refusal(crl)).isEqualTo(Reason.NO_SPACE);
      assertThat(device.refusal(crl)).isEqualTo(Reason.NO_SPACE);

      device.journal().full(false);
      assertThat(device.site().link().deliver(crl).join()).isEqualTo(Payload.empty(Wire.CRL));

      device.restart();
      assertThat(device.journal().revocationLists()).hasSize(1);
    }
  }
}
