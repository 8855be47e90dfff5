// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.wire.GoldenStanza;
import org.junit.jupiter.api.Test;

/** What the service answers about firmware is read as it is written. */
class FirmwareAnswersTest {
  private static ObjectNode json(GoldenStanza golden) {
    return golden.payload().orElseThrow().requireJson();
  }

  @Test
  void aDepotIsReadAsItIsWritten() {
    ObjectNode json = json(GoldenStanza.FIRMWARE_DEPOT_RESULT);

    assertThat(Depot.read(json).write()).hasToString(json.toString());
  }

  @Test
  void aPieceIsReadAsItIsWritten() {
    ObjectNode json = json(GoldenStanza.FIRMWARE_PIECE_SET);

    assertThat(UploadPiece.read(json).write()).hasToString(json.toString());
  }

  @Test
  void aBoardOfCampaignsIsReadAsItIsWritten() {
    ObjectNode json = json(GoldenStanza.CAMPAIGNS_RESULT);

    assertThat(Campaign.writeAll(Campaign.readAll(json))).hasToString(json.toString());
  }

  @Test
  void anInventoryAndItsQuestionAreReadAsTheyAreWritten() {
    ObjectNode json = json(GoldenStanza.INVENTORY_RESULT);
    ObjectNode question = json(GoldenStanza.INVENTORY_GET);

    assertThat(Inventory.read(json).write()).hasToString(json.toString());
    assertThat(Inventory.Query.read(question).write()).hasToString(question.toString());
  }

  @Test
  void aPieceLongerThanAChunkMayBeIsRefused() {
    UploadPiece longest =
        new UploadPiece(
            Digest.of(new byte[0]), UploadPiece.Part.IMAGE, 0, new byte[Image.LONGEST_CHUNK]);
    ObjectNode tooLong =
        longest.write().put("bytes", longest.write().get("bytes").asText() + "AAAA");

    assertThat(UploadPiece.read(longest.write()).bytes()).hasSize(Image.LONGEST_CHUNK);
    assertThatThrownBy(() -> UploadPiece.read(tooLong)).isInstanceOf(Refused.class);
  }
}
