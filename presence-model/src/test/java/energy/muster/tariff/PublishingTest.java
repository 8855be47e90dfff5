// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingTest {
  private static final OfferName NIGHT = OfferName.parse("northco/night");

  private final TestPki pki = new TestPki();

  private Optional<Reason> refusal(String account, Role role) {
    return Publishing.refuse(pki.identity(account, role, "*").certified(), NIGHT)
        .map(Refusal::reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"northco", "tariffs.northco"})
  void whoseAccountIsNamedForTheSupplierPublishes(String account) {
    assertThat(refusal(account, Role.TARIFF_PUBLISHER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"southco", "tariffs.southco", "notnorthco", "tariffs.south.northco"})
  void nobodyPublishesInTheNameOfAnother(String account) {
    assertThat(refusal(account, Role.TARIFF_PUBLISHER)).contains(Reason.NOT_AUTHORISED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TARIFF_PUBLISHER", "DEVICE"})
  void noOtherRolePublishes(Role role) {
    assertThat(refusal("tariffs.northco", role)).contains(Reason.NOT_AUTHORISED);
  }

  @Test
  void aDeviceDoesNotPublish() {
    assertThat(
            Publishing.refuse(pki.device("northco", "branch-60").certified(), NIGHT)
                .map(Refusal::reason))
        .contains(Reason.NOT_AUTHORISED);
  }
}
