// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MergePatchTest {
  @Property(tries = 500)
  void whatIsPatchedIsWhatWasMeant(
      @ForAll("objects") ObjectNode before, @ForAll("objects") ObjectNode after) {
    ObjectNode target = before.deepCopy();

    MergePatch.apply(target, MergePatch.between(before, after));

    assertThat(target).isEqualTo(after);
  }

  @Property(tries = 100)
  void nothingIsSaidOfWhatIsTheSame(@ForAll("objects") ObjectNode object) {
    assertThat(MergePatch.between(object, object.deepCopy())).isEmpty();
  }

  @Example
  void onlyWhatChangedIsSaid() {
    ObjectNode before = Json.parse("{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":[1]}");
    ObjectNode after = Json.parse("{\"a\":1,\"b\":{\"c\":4},\"e\":[1,2]}");

    assertThat(Json.text(MergePatch.between(before, after)))
        .isEqualTo("{\"b\":{\"d\":null,\"c\":4},\"e\":[1,2]}");
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return Arbitraries.lazyOf(this::flat, this::nested);
  }

  private Arbitrary<ObjectNode> flat() {
    return Arbitraries.maps(names(), Arbitraries.integers().between(0, 3))
        .ofMaxSize(4)
        .map(
            members -> {
              ObjectNode object = Json.object();
              members.forEach(object::put);
              return object;
            });
  }

  private Arbitrary<ObjectNode> nested() {
    return Arbitraries.maps(names(), flat())
        .ofMaxSize(3)
        .map(
            members -> {
              ObjectNode object = Json.object();
              members.forEach(object::set);
              return object;
            });
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "c", "d");
  }
}
