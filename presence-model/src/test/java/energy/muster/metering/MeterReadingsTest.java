// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.GoldenFile;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeterReadingsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int ROOM = 48 * 1024;

  private static void assertRefused(Consumer<ObjectNode> change, String said) {
    ObjectNode tree = GoldenFile.tree("readings");
    change.accept(tree);
    assertThatThrownBy(() -> MeterReadings.read(Json.bytes(tree)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(said);
  }

  @Test
  void theQualityOfNeighboursIsWrittenOnce() {
    MeterReadings readings = MeterReadings.read(GoldenFile.compact("readings"));

    assertThat(readings.intervals())
        .extracting(IntervalEnergy::quality)
        .containsExactly(
            Set.of(),
            Set.of(),
            Set.of(Quality.MISSING),
            Set.of(Quality.MISSING),
            Set.of(Quality.ESTIMATED, Quality.POWER_LOST),
            Set.of(),
            Set.of(),
            Set.of());
  }

  @Test
  void whatIsWrongIsRefused() {
    assertRefused(tree -> ((ArrayNode) tree.get("exportWh")).remove(0), "exportWh: 7 values");
    assertRefused(tree -> ((ArrayNode) tree.get("importWh")).set(0, -1), "0 to 10^12");
    assertRefused(tree -> ((ArrayNode) tree.get("importWh")).set(2, 7), "missing and has energy");
    assertRefused(tree -> ((ArrayNode) tree.get("importWh")).set(0, 1.5), "importWh");
    assertRefused(tree -> tree.put("minutes", 61), "1 to 60 whole minutes");
    assertRefused(tree -> tree.put("minutes", Long.MAX_VALUE), "");
    assertRefused(tree -> tree.put("sequence", 0), "counts from 1");
    assertRefused(
        tree -> ((ObjectNode) tree.at("/quality/1")).put("first", 3), "quality[1]: a run");
    assertRefused(
        tree -> ((ObjectNode) tree.at("/quality/1")).put("count", Long.MAX_VALUE), "quality[1]");
    assertRefused(
        tree -> ((ArrayNode) tree.at("/quality/0/flags")).set(0, "lost"), "no quality 'lost'");
    assertRefused(
        tree -> {
          ArrayNode many = tree.putArray("importWh");
          tree.remove(List.of("exportWh", "quality"));
          for (int i = 0; i < 2_001; i++) {
            many.add(1);
          }
        },
        "1 to 2000 intervals");
  }

  @Property(tries = 40)
  void packsAreReadBackInOrderAndHaveRoomInADocument(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 6_000) int size) {
    Random random = new Random(seed);
    long most = random.nextBoolean() ? 400 : 1_000_000_000_000L;
    List<IntervalEnergy> all = new ArrayList<>();
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < size; i++) {
      at = at.plus(QUARTER.multipliedBy(random.nextInt(50) == 0 ? 3 : 1));
      all.add(
          random.nextInt(3) == 0
              ? new IntervalEnergy(
                  at,
                  0,
                  0,
                  random.nextBoolean()
                      ? Set.of(Quality.MISSING)
                      : Set.of(
                          Quality.ESTIMATED,
                          Quality.CLOCK_UNSURE,
                          Quality.CORRECTED,
                          Quality.POWER_LOST,
                          Quality.SUSPECT))
              : IntervalEnergy.valid(at, random.nextLong(most), random.nextLong(most)));
    }

    List<IntervalEnergy> back = new ArrayList<>();
    for (List<IntervalEnergy> pack : MeterReadings.pack(QUARTER, all)) {
      MeterReadings readings = readings(pack);
      byte[] document = readings.write();
      assertThat(document).hasSizeLessThan(ROOM);
      assertThat(MeterReadings.read(document)).isEqualTo(readings);
      back.addAll(readings.intervals());
    }
    assertThat(back).isEqualTo(all);
  }

  private static MeterReadings readings(List<IntervalEnergy> pack) {
    return new MeterReadings(
        new Header(
            DocumentType.METER_READINGS,
            "ieee123",
            DocumentId.next(Instant.EPOCH),
            BareJid.parse("meter-48@grid.example"),
            Instant.EPOCH),
        1,
        QUARTER,
        pack,
        Optional.empty());
  }
}
