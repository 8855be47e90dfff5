// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures here are those published for the feeders; loading has already checked the rest. */
final class BuiltInSitesTest {
  private static final Site IEEE123 = SiteFile.builtIn("ieee123");

  @Test
  void the123NodeFeederHasItsPublishedSpotLoads() {
    assertThat(IEEE123.devicesWith(Equipment.Load.class)).hasSize(91);
    assertThat(IEEE123.totalLoad()).hasToString("3490 kW");
    assertThat(load("load-48").rating()).hasToString("Rating[active=210 kW, kilovars=150.0]");
    assertThat(load("load-76a").rating()).hasToString("Rating[active=105 kW, kilovars=80.0]");
  }

  @Test
  void the123NodeFeederHasItsSwitchesInTheirNormalPosition() {
    List<SiteDevice> breakers = IEEE123.devicesWith(Equipment.Breaker.class);

    assertThat(breakers)
        .extracting(SiteDevice::id)
        .containsExactly("sw1", "sw2", "sw3", "sw4", "sw5", "sw6", "sw7", "sw8");
    assertThat(breakers)
        .filteredOn(device -> !((Equipment.Breaker) device.equipment()).normallyClosed())
        .extracting(SiteDevice::id)
        .containsExactly("sw7", "sw8");
  }

  @Test
  void the123NodeFeederHasFourGeneratorsAndTwoMeters() {
    assertThat(IEEE123.devicesWith(Equipment.Generator.class))
        .extracting(SiteDevice::id)
        .containsExactly("gen-1", "gen-2", "gen-3", "gen-4");
    assertThat(IEEE123.devicesWith(Equipment.Meter.class))
        .extracting(SiteDevice::id)
        .containsExactly("meter-1", "meter-2");
  }

  @Test
  void criticalLoadsAndNoOthersAreInTheAreaOfThatName() {
    assertThat(IEEE123.devicesWith(Equipment.Load.class))
        .filteredOn(device -> ((Equipment.Load) device.equipment()).critical())
        .hasSize(6)
        .containsExactlyElementsOf(
            IEEE123.devices().stream()
                .filter(device -> device.areas().contains(new Area("critical-loads")))
                .toList());
  }

  @Test
  void branch60NearsItsRatingWhenTheLoadsThatAreOffComeOn() {
    Equipment.MasterIed master =
        (Equipment.MasterIed) IEEE123.device("branch-60").orElseThrow().equipment();
    double rating = master.rating().kilowatts().doubleValue();

    // At 80 % there is an alarm, with which no newcomer is to be greeted.
    assertThat(load60(Equipment.Load::on)).isLessThan(0.8 * rating);
    assertThat(load60(load -> true)).isBetween(0.95 * rating, rating);
    assertThat(master.standing().orElseThrow().line("branch-60"))
        .isEqualTo(
            "mandate branch-60 to start, shed, restore, stop up to 500 kW keeping 600 kW for 24 h");
  }

  private static double load60(Predicate<Equipment.Load> counts) {
    return IEEE123.devicesWith(Equipment.Load.class).stream()
        .filter(device -> device.branch().equals(new Area("branch-60")))
        .map(device -> (Equipment.Load) device.equipment())
        .filter(counts)
        .mapToDouble(load -> load.rating().active().kilowatts().doubleValue())
        .sum();
  }

  @Test
  void the13NodeFeederHasItsPublishedSpotLoads() {
    Site site = SiteFile.builtIn("ieee13");

    assertThat(site.devicesWith(Equipment.Load.class)).hasSize(15);
    assertThat(site.totalLoad()).hasToString("3466 kW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ieee123", "ieee13"})
  void aDeviceIsOnNoPhaseThatItsBusDoesNotHave(String name) {
    Site site = SiteFile.builtIn(name);

    assertThat(site.devices())
        .allSatisfy(
            device ->
                assertThat(site.lines())
                    .as("lines at bus %s of %s", device.bus(), device.id())
                    .anyMatch(
                        line ->
                            line.touches(device.bus()) && line.phases().includes(device.phases())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ieee123", "ieee13"})
  void aDeviceStandsWhereItsBusIsDrawn(String name) {
    Site site = SiteFile.builtIn(name);

    assertThat(site.devices())
        .allSatisfy(
            device ->
                assertThat(site.buses())
                    .contains(new Bus(device.bus(), device.branch(), device.at())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ieee123", "ieee13"})
  void withItsTiesOpenTheFeederIsATree(String name) {
    Site site = SiteFile.builtIn(name);
    Set<Set<String>> joined = new HashSet<>();
    site.buses().forEach(bus -> joined.add(Set.of(bus.id())));

    for (Line line : site.lines()) {
      if (line.normallyClosed()) {
        Set<String> near = holding(joined, line.from());
        Set<String> far = holding(joined, line.to());
        assertThat(near).as("line %s closes no ring", line.id()).isNotEqualTo(far);
        joined.removeAll(Set.of(near, far));
        Set<String> both = new HashSet<>(near);
        both.addAll(far);
        joined.add(both);
      }
    }

    assertThat(joined).as("parts of the feeder").hasSize(1);
  }

  private static Set<String> holding(Set<Set<String>> parts, String bus) {
    return parts.stream().filter(part -> part.contains(bus)).findFirst().orElseThrow();
  }

  private static Equipment.Load load(String id) {
    return (Equipment.Load) IEEE123.device(id).orElseThrow().equipment();
  }
}
