// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.seal.Sealed;
import energy.muster.service.reach.Errand;
import java.time.Instant;
import java.util.Optional;

/** The golden alarm, as it leaves. */
final class Errands {
  static final DocumentId ID = new DocumentId("01K2Z9M5B0B1C2D3E4F5G6H7J8");

  static final Sealed WORD = Sealed.ofBase64("MAMCAQE=");

  private Errands() {}

  static Errand golden() {
    return saying("load 96.4 % is at or above 95 %");
  }

  static Errand saying(String text) {
    return new Errand(
        ID,
        "ieee123",
        AlarmEntry.read(Fields.of(GoldenFile.tree("entry-offered").put("text", text))),
        Optional.of(WORD),
        Instant.parse("2026-07-01T12:03:00Z"));
  }
}
