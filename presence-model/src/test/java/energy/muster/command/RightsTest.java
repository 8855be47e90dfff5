// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may give up a delivery. */
class RightsTest {
  private final TestPki pki = new TestPki();
  private final Certified device = pki.device("load-48", "branch-60").certified();

  private Optional<Reason> refusal(Role role, String area) {
    return Rights.refuseWriteOff(pki.identity("somebody", role, area).certified(), device)
        .map(Refusal::reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"OPERATOR", "ENGINEER"})
  void whoeverAnswersForTheDeviceWritesOff(Role role) {
    assertThat(refusal(role, "branch-60")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OPERATOR", "ENGINEER"})
  void noOtherRoleWritesOff(Role role) {
    assertThat(refusal(role, "*")).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void nobodyWritesOffOutsideTheirArea() {
    assertThat(refusal(Role.OPERATOR, "branch-7")).contains(Reason.NOT_AUTHORISED);
  }
}
