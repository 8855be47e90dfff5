// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TargetTreeTest {

  @Property(tries = 100)
  void everyLeafIsProvenByItsOwnPathAndByNoOther(@ForAll @IntRange(min = 1, max = 70) int count) {
    TargetTree tree = tree(count);
    for (int i = 0; i < count; i++) {
      List<Digest> path = tree.path(i);
      assertThat(TargetTree.proves(tree.targets(), tree.leaves().get(i), i, path)).isTrue();
      if (count > 1) {
        int other = (i + 1) % count;
        assertThat(TargetTree.proves(tree.targets(), tree.leaves().get(other), i, path)).isFalse();
        assertThat(TargetTree.proves(tree.targets(), tree.leaves().get(i), other, path)).isFalse();
        assertThat(
                TargetTree.proves(
                    tree.targets(), tree.leaves().get(i), i, path.subList(0, path.size() - 1)))
            .isFalse();
      }
    }
  }

  @Test
  void aPathWithMoreThanItsHashesIsRefused() {
    TargetTree tree = tree(5);
    List<Digest> longer = new ArrayList<>(tree.path(0));
    longer.add(Digest.of("x".getBytes(StandardCharsets.UTF_8)));

    assertThat(TargetTree.proves(tree.targets(), tree.leaves().get(0), 0, longer)).isFalse();
  }

  @Test
  void aLeafWithAnotherPowerIsNotTheOneSigned() {
    TargetTree tree = tree(3);
    Leaf signed = tree.leaves().get(1);
    Leaf widened =
        new Leaf(signed.device(), signed.order(), Optional.of(Power.kilowatts(500)), signed.salt());

    assertThat(TargetTree.proves(tree.targets(), widened, 1, tree.path(1))).isFalse();
  }

  @Test
  void theSaltKeepsOneDevicesHashFromBeingGuessed() {
    BareJid device = BareJid.parse("load-48@grid.example");

    assertThat(Leaf.salted(device, 0, Optional.empty()).salt())
        .isNotEqualTo(Leaf.salted(device, 0, Optional.empty()).salt());
  }

  @Test
  void aDeviceStandsInATreeOnce() {
    Leaf leaf = tree(1).leaves().get(0);

    assertThatThrownBy(() -> TargetTree.of(List.of(leaf, leaf)))
        .hasMessageContaining("named twice");
  }

  @Test
  void anEmptyTreeIsNone() {
    assertThatThrownBy(() -> TargetTree.of(List.of())).hasMessageContaining("1 to 10000 targets");
  }

  private static TargetTree tree(int count) {
    return TargetTree.of(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    Leaf.salted(
                        BareJid.parse("load-" + i + "@grid.example"),
                        i,
                        Optional.of(Power.kilowatts(40))))
            .toList());
  }
}
