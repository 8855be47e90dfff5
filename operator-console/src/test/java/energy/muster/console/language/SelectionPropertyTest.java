// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a selection says of itself can be typed, and means the same. */
final class SelectionPropertyTest {
  private static Selection read(String words) {
    return ((Line.Status) LineReader.read("status " + words)).selection();
  }

  @Property
  void aDescriptionIsReadBackAsItWas(@ForAll("descriptions") Selection.Matching selection) {
    Selection.Matching again = (Selection.Matching) read(selection.words());

    assertThat(again.kind()).isEqualTo(selection.kind());
    assertThat(again.area()).isEqualTo(selection.area());
    assertThat(again.conditions()).isEqualTo(selection.conditions());
    assertThat(texts(again.except())).isEqualTo(texts(selection.except()));
    assertThat(again.words()).isEqualTo(selection.words());
  }

  @Property
  void namesAreReadBackAsTheyWere(@ForAll("names") List<Name> names) {
    Selection again = read(new Selection.Named(names).words());

    assertThat(texts(((Selection.Named) again).names())).isEqualTo(texts(names));
  }

  private static List<String> texts(List<Name> names) {
    return names.stream().map(Name::text).toList();
  }

  @Provide
  Arbitrary<List<Name>> names() {
    Arbitrary<String> plain =
        Combinators.combine(
                Arbitraries.of("load", "gen", "sw", "meter"), Arbitraries.integers().between(1, 99))
            .as((kind, number) -> kind + "-" + number);
    // Words of the language are names when they are quoted.
    Arbitrary<String> awkward = Arbitraries.of("loads", "on", "and", "except", "two words", "now");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, plain), net.jqwik.api.Tuple.of(1, awkward))
        .map(text -> new Name(text, 0))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Selection.Matching> descriptions() {
    Arbitrary<Optional<Area>> areas =
        Arbitraries.of("branch-60", "feeder-123", "tier-2", "critical-loads", "branch", "in", "*")
            .map(Area::new)
            .optional();
    return Combinators.combine(
            Arbitraries.of(DeviceKind.values()).optional(),
            areas,
            conditions().list().ofMaxSize(8),
            Arbitraries.oneOf(Arbitraries.just(List.<Name>of()), names()))
        .as(
            (kind, area, conditions, except) ->
                new Selection.Matching(kind, area, conditions, except, 0));
  }

  private static Arbitrary<Condition> conditions() {
    Arbitrary<Condition> states =
        Arbitraries.of(
            new Condition.Runs(Operating.ON),
            new Condition.Runs(Operating.OFF),
            new Condition.Runs(Operating.STARTING),
            new Condition.Runs(Operating.STOPPING),
            new Condition.Stands(Position.OPEN),
            new Condition.Stands(Position.CLOSED),
            new Condition.Available(),
            new Condition.Unavailable(),
            new Condition.Restricted(),
            new Condition.Faulty());
    Arbitrary<Condition> compared =
        Combinators.combine(
                Arbitraries.of(Quantity.values()),
                Arbitraries.of(true, false),
                Arbitraries.bigDecimals()
                    .between(BigDecimal.ZERO, new BigDecimal("999999999"))
                    .ofScale(3))
            .as(Condition.Compared::new);
    Arbitrary<Condition> plain = Arbitraries.oneOf(states, compared);
    return Arbitraries.oneOf(plain, plain.map(Condition.Not::new));
  }
}
