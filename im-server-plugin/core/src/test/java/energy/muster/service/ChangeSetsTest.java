// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.service.fixture.Disk;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each change is in one change set, and whoever keeps a copy misses none. */
final class ChangeSetsTest extends PublishingSite {
  private static final Duration PERIOD = Duration.ofMinutes(15);

  private FullJid archive(String area) {
    return world.prove(world.pki.identity("archive", Role.VIEWER, area), "disk");
  }

  private ObjectNode asked(FullJid who, String question) {
    return world.set(who, Payload.of(Wire.CHANGE_SETS, json(question))).requireLargeJson();
  }

  private static String numbers(ObjectNode answer) {
    StringBuilder numbers = new StringBuilder();
    answer.get("sets").forEach(set -> numbers.append(set.get("number")).append(' '));
    return numbers.toString().strip();
  }

  @Test
  void whatWasPublishedInAPeriodIsInOneChangeSet() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");
    FullJid archive = archive("*");
    assertThat(numbers(asked(archive, "{\"class\":\"tariffs\",\"limit\":10}"))).isEmpty();

    world.pass(PERIOD);

    ObjectNode answer = asked(archive, "{\"class\":\"tariffs\",\"limit\":10}");
    JsonNode set = answer.get("sets").get(0);
    assertThat(set.get("records")).hasSize(2);
    assertThat(set.get("flags").toString()).isEqualTo("[\"billing\",\"northco\"]");
  }

  @Test
  void aPeriodInWhichNothingChangedHasNoneAndTheNextGoesOnWhereTheLastEnded() {
    FullJid archive = archive("*");
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    world.pass(PERIOD.multipliedBy(4));
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");
    world.pass(PERIOD);

    JsonNode sets = asked(archive, "{\"class\":\"tariffs\",\"limit\":10}").get("sets");
    assertThat(sets).hasSize(2);
    assertThat(sets.get(1).get("from")).isEqualTo(sets.get(0).get("until"));
  }

  @Test
  void whoAsksAgainGoesOnAfterWhatItHasTakenAlsoAfterAKill() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    world.pass(PERIOD);
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");
    assertThat(numbers(asked(archive("*"), "{\"class\":\"tariffs\",\"after\":0,\"limit\":1}")))
        .isEqualTo("1");
    asked(archive("*"), "{\"class\":\"tariffs\",\"after\":1,\"limit\":1}");

    world.killAndRestart();
    world.pass(PERIOD);

    assertThat(numbers(asked(archive("*"), "{\"class\":\"tariffs\",\"limit\":10}"))).isEqualTo("2");
  }

  @Test
  void whatIsNotWantedComesWithoutRecordsSoThatNoNumberIsMissing() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    world.pass(PERIOD);

    ObjectNode answer =
        asked(archive("*"), "{\"class\":\"tariffs\",\"flags\":[\"southco\"],\"limit\":10}");
    assertThat(numbers(answer)).isEqualTo("1");
    assertThat(answer.get("sets").get(0).get("records")).isEmpty();
  }

  @Test
  void recordsOfDevicesAreForThoseWhoMayKnowOfThem() {
    world.pass(PERIOD);

    assertThat(devices(archive("branch-60"))).contains("meter-1@grid.example");
    assertThat(devices(archive("branch-7"))).doesNotContain("meter-1");
  }

  private String devices(FullJid who) {
    return asked(who, "{\"class\":\"devices\",\"after\":0,\"limit\":10}").get("sets").toString();
  }

  @Test
  void whoClaimsToHaveWhatThereIsNotIsTold() {
    assertThat(
            world.refusal(
                archive("*"),
                Payload.of(
                    Wire.CHANGE_SETS, json("{\"class\":\"tariffs\",\"after\":5,\"limit\":1}"))))
        .isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(
            world.refusal(
                meter, Payload.of(Wire.CHANGE_SETS, json("{\"class\":\"tariffs\",\"limit\":1}"))))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aSetThatIsOnDiskThoughNobodyCouldKnowIsNotMadeASecondTime() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    world.journal.disk(Disk.MUTE);
    world.pass(PERIOD);
    world.journal.disk(Disk.WELL);
    publish(tariff(2, "2026-01-01", "0.30"), "meter-1");

    world.pass(PERIOD);

    assertThat(numbers(asked(archive("*"), "{\"class\":\"tariffs\",\"limit\":10}")))
        .isEqualTo("1 2");
  }

  @Test
  void whatSomebodyHasTakenIsWrittenWhenTheyAskAgainAfterTheDiskWasFull() {
    publish(tariff(1, "2026-01-01", "0.20"), "meter-1");
    world.pass(PERIOD);
    FullJid archive = archive("*");
    String question = "{\"class\":\"tariffs\",\"after\":1,\"limit\":10}";
    world.journal.disk(Disk.FULL);
    assertThat(world.refusal(archive, Payload.of(Wire.CHANGE_SETS, json(question))))
        .isEqualTo(Reason.NO_SPACE);
    world.journal.disk(Disk.WELL);

    asked(archive, question);

    assertThat(world.journal.entries(Entry.Positioned.class)).hasSize(1);
  }
}
