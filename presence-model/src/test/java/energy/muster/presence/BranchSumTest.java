// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.document.GoldenFile;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.presence.BranchSum.Breakers;
import energy.muster.presence.BranchSum.Contacts;
import energy.muster.presence.BranchSum.Part;
import energy.muster.refusal.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchSumTest {
  private static BranchSum sum(Part load, Part generation) {
    return new BranchSum(
        new Area("branch-60"),
        Power.kilowatts(100),
        load,
        generation,
        Power.ZERO,
        new Breakers(0, 0),
        new Contacts(1, 1, Certainty.TEMPORARY));
  }

  private static Part part(double total, double uncertain) {
    return new Part(Power.kilowatts(total), Power.kilowatts(uncertain));
  }

  @Test
  void aSilentLoadIsCarriedAndASilentGeneratorNotReliedOn() {
    BranchSum sum = sum(part(90, 40), part(30, 20));

    assertThat(sum.flow()).isEqualByComparingTo("80");
    assertThat(sum.percent()).isEqualByComparingTo("80");
  }

  @Test
  void aBranchThatFeedsBackIsAtNoPercent() {
    BranchSum sum = sum(part(10, 0), part(30, 0));

    assertThat(sum.flow()).isEqualByComparingTo("-20");
    assertThat(sum.percent()).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "/branch/load, uncertainKw, 1496",
    "/branch/load, kw, -1",
    "/branch, ratingKw, 0",
    "/branch/breakers, open, -1",
    "/branch/contacts, silent, 0",
    "/branch/contacts, heard, 100001"
  })
  void whatCannotBeIsRefused(String where, String field, int value) {
    ObjectNode tree = GoldenFile.tree("presence-branch");
    ((ObjectNode) tree.at(where)).put(field, value);

    assertThatThrownBy(() -> DevicePresence.read(Fields.of(tree))).isInstanceOf(Refused.class);
  }
}
