// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.scan.ScannerPolicy;
import java.time.Duration;
import java.util.List;

/** What a site has decided about firmware; a test says only what matters to it. */
final class RulesDraft {
  private ScannerPolicy scanner = ScannerPolicy.OFF;
  private boolean twoPersons;
  private List<RedundancyGroup> groups = List.of();
  private int branchAway;
  private Duration patience = Duration.ofMinutes(10);
  private int images = 10;
  private long bytes = 1_000_000;

  RulesDraft scanner(ScannerPolicy policy) {
    scanner = policy;
    return this;
  }

  RulesDraft twoPersons(boolean needed) {
    twoPersons = needed;
    return this;
  }

  RulesDraft groups(RedundancyGroup... named) {
    groups = List.of(named);
    return this;
  }

  RulesDraft branchAway(int most) {
    branchAway = most;
    return this;
  }

  RulesDraft patience(Duration usual) {
    patience = usual;
    return this;
  }

  RulesDraft room(int most, long together) {
    images = most;
    bytes = together;
    return this;
  }

  FirmwareRules rules() {
    return new FirmwareRules(
        FirmwarePolicy.ONE_EACH, scanner, twoPersons, groups, branchAway, patience, images, bytes);
  }
}
