// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.wire.GoldenStanza;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColleagueTest {
  @Test
  void aColleagueIsWrittenAsInTheGoldenFile() {
    Colleague read = Colleague.read(Fields.of(GoldenFile.tree("colleague")));

    assertThat(read.write()).isEqualTo(GoldenFile.tree("colleague"));
  }

  @Test
  void whoHasNotTypedForLongIsAwayThoughOnDuty() {
    assertThat(Colleague.read(Fields.of(GoldenFile.tree("colleague"))).duty()).isEqualTo(Duty.AWAY);
  }

  @Test
  void whoIsNotThereIsOffDutyWhateverTheyLastSaid() {
    Colleague gone =
        Colleague.read(Fields.of(GoldenFile.tree("colleague").put("certainty", "temporary")));

    assertThat(gone.duty()).isEqualTo(Duty.OFF_DUTY);
  }

  @ParameterizedTest
  @CsvSource({
    "AVAILABLE, '', ON_DUTY",
    "AWAY, lunch, AWAY",
    "DND, switching, DND",
    "AVAILABLE, Off duty until tomorrow, OFF_DUTY",
    "AWAY, on duty in the field, ON_DUTY"
  })
  void showAndStatusOfAnyClientSayIt(Show show, String status, Duty duty) {
    assertThat(PersonPresence.said(show, status, Optional.empty()).duty()).isEqualTo(duty);
  }

  @Test
  void theElementOfAConsoleIsReadFromTheGoldenStanza() {
    String json = GoldenStanza.PRESENCE_IDLE.payload().orElseThrow().json().orElseThrow();
    Optional<Instant> idle = Optional.of(Instant.EPOCH);

    assertThat(PersonPresence.ofElement(json, idle).effective()).isEqualTo(Duty.AWAY);
    assertThat(PersonPresence.ofElement(json, idle).element()).hasToString(json);
  }
}
