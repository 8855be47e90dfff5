// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final Instant AT = Instant.parse("2026-07-01T12:00:00Z");
  private static final DocumentId FIRST = DocumentId.next(AT.minusSeconds(60));
  private static final DocumentId SECOND = DocumentId.next(AT);
  private static final DocumentId THIRD = DocumentId.next(AT.plusSeconds(60));

  private final List<Receipt> receipts = new ArrayList<>();

  private void receipt(String device, DocumentId document, long version, DeliveryState state) {
    receipts.add(new Receipt(TestPki.jid(device), document, version, state, AT, "said " + version));
  }

  /** Of version 2. */
  private ObjectNode answer(List<BareJid> meters) {
    ObjectNode answer = Json.object();
    new Receipts(SECOND, 2, receipts, meters, device -> !device.local().startsWith("secret"))
        .write(answer);
    return answer;
  }

  private JsonNode of(String device) {
    for (JsonNode each : answer(List.of()).get("devices")) {
      if (each.get("device").asText().equals(TestPki.jid(device).toString())) {
        return each;
      }
    }
    throw new AssertionError("nothing is said of " + device);
  }

  @Test
  void whoSignedThatItHasItHasItWhateverWasTriedAgainLater() {
    receipt("meter-1", SECOND, 2, DeliveryState.EXECUTED);
    receipt("meter-1", SECOND, 2, DeliveryState.SENT);

    assertThat(of("meter-1").get("state").asText()).isEqualTo("has");
    assertThat(of("meter-1").get("version").asLong()).isEqualTo(2);
  }

  @Test
  void whoWasNotReachedWaitsAndWhatItHasMeanwhileIsSaid() {
    receipt("meter-1", FIRST, 1, DeliveryState.EXECUTED);
    receipt("meter-1", SECOND, 2, DeliveryState.HELD);

    assertThat(of("meter-1").get("state").asText()).isEqualTo("waits");
    assertThat(of("meter-1").get("version").asLong()).isEqualTo(1);
  }

  @Test
  void aDeliveryThatEndedSaysHow() {
    receipt("meter-1", SECOND, 2, DeliveryState.REFUSED);

    assertThat(of("meter-1").get("state").asText()).isEqualTo("refused");
    assertThat(of("meter-1").get("text").asText()).isEqualTo("said 2");
  }

  @Test
  void whoHasAnotherVersionHasAnOlderOrANewerOne() {
    receipt("meter-1", FIRST, 1, DeliveryState.EXECUTED);
    receipt("meter-3", THIRD, 3, DeliveryState.EXECUTED);
    receipt("meter-4", THIRD, 3, DeliveryState.REFUSED);

    assertThat(of("meter-1").get("state").asText()).isEqualTo("older");
    assertThat(of("meter-3").get("state").asText()).isEqualTo("newer");
    assertThat(of("meter-4").get("state").asText()).isEqualTo("none");
  }

  @Test
  void aMeterThatWasNeverSentItHasNoneAndWhoMayNotBeSeenIsNotThere() {
    receipt("secret-1", SECOND, 2, DeliveryState.EXECUTED);

    ObjectNode answer = answer(List.of(TestPki.jid("meter-9"), TestPki.jid("secret-2")));

    assertThat(answer.get("devices")).hasSize(1);
    assertThat(answer.at("/counts/none").asLong()).isEqualTo(1);
    assertThat(answer.get("counts")).hasSize(1);
  }

  @Test
  void ofVeryManyAllAreCountedThoughNotAllAreNamed() {
    List<BareJid> meters =
        IntStream.range(0, 4_100).mapToObj(each -> TestPki.jid("meter-" + each)).toList();

    ObjectNode answer = answer(meters);

    assertThat(answer.get("devices")).hasSize(4_000);
    assertThat(answer.get("left").asLong()).isEqualTo(100);
    assertThat(answer.at("/counts/none").asLong()).isEqualTo(4_100);
  }
}
