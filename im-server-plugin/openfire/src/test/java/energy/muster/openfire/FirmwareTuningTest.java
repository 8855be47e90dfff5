// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.Rollout;
import energy.muster.identity.BareJid;
import energy.muster.scan.Clamd;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.RedundancyGroup;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirmwareTuningTest {
  private static final BareJid ONE = BareJid.parse("sw2@grid.example");
  private static final BareJid OTHER = BareJid.parse("sw3@grid.example");

  private static FirmwareRules rules(Map<String, String> properties) {
    return new FirmwareTuning(properties::get).apply(FirmwareRules.defaults());
  }

  @Test
  void nothingSetIsWhatIsUsual() {
    assertThat(rules(Map.of())).isEqualTo(FirmwareRules.defaults());
  }

  @Test
  void groupsAndBranchEndsAreRead() {
    FirmwareRules rules =
        rules(
            Map.of(
                FirmwareTuning.GROUPS, "pair: sw2@grid.example, sw3@grid.example",
                FirmwareTuning.BRANCH_ENDS, "branch-60: sw2@grid.example sw3@grid.example"));

    assertThat(rules.groups())
        .containsExactly(
            RedundancyGroup.of("pair", Set.of(ONE, OTHER)),
            RedundancyGroup.ends("branch-60", Set.of(ONE, OTHER)));
  }

  @Test
  void theSitesPolicyIsRead() {
    FirmwareRules rules =
        rules(
            Map.of(
                FirmwareTuning.BUILDERS, "2",
                FirmwareTuning.SCANNER, "required",
                FirmwareTuning.TWO_PERSONS, "true",
                FirmwareTuning.MEBIBYTES, "3"));

    assertThat(rules.policy()).isEqualTo(new FirmwarePolicy(2, 1));
    assertThat(rules.scanner()).isEqualTo(ScannerPolicy.REQUIRED);
    assertThat(rules.twoPersons()).isTrue();
    assertThat(rules.bytes()).isEqualTo(3L * 1024 * 1024);
  }

  @Test
  void howManyOfABranchAndHowLongSomebodyIsWaitedForAreRead() {
    FirmwareRules rules =
        rules(Map.of(FirmwareTuning.BRANCH_AWAY, "2", FirmwareTuning.PATIENCE, "30"));
    assertThat(rules.branchAway()).isEqualTo(2);
    assertThat(rules.patience()).isEqualTo(Duration.ofMinutes(30));

    FirmwareRules other =
        rules(Map.of(FirmwareTuning.BRANCH_AWAY, "off", FirmwareTuning.PATIENCE, "0"));
    assertThat(other.branchAway()).isZero();
    assertThat(other.patience()).isEqualTo(Rollout.NOBODY);
  }

  @Test
  void whatCannotBeReadIsRefusedAndNotPassedOver() {
    assertThatThrownBy(() -> rules(Map.of(FirmwareTuning.GROUPS, "pair: sw2@grid.example")))
        .hasMessageContaining(FirmwareTuning.GROUPS);
    assertThatThrownBy(() -> rules(Map.of(FirmwareTuning.SCANNER, "perhaps")))
        .hasMessageContaining(FirmwareTuning.SCANNER);
    assertThatThrownBy(() -> rules(Map.of(FirmwareTuning.TWO_PERSONS, "yes")))
        .hasMessageContaining(FirmwareTuning.TWO_PERSONS);
    assertThatThrownBy(() -> rules(Map.of(FirmwareTuning.BRANCH_AWAY, "0")))
        .hasMessageContaining(FirmwareTuning.BRANCH_AWAY);
    assertThatThrownBy(() -> rules(Map.of(FirmwareTuning.PATIENCE, "-1")))
        .hasMessageContaining(FirmwareTuning.PATIENCE);
  }

  @Test
  void aScannerIsThereWhereItsAddressIsSet() {
    assertThat(new FirmwareTuning(Map.<String, String>of()::get).scanner()).isSameAs(Scanner.NONE);
    assertThat(
            new FirmwareTuning(Map.of(FirmwareTuning.CLAMD, "/run/clamav/clamd.ctl")::get)
                .scanner())
        .isInstanceOf(Clamd.class);
    assertThatThrownBy(
            () -> new FirmwareTuning(Map.of(FirmwareTuning.CLAMD, "clamd")::get).scanner())
        .hasMessageContaining("HOST:PORT");
  }
}
