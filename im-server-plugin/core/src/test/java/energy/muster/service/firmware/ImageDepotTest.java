// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.UploadPiece;
import energy.muster.firmware.UploadPiece.Part;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an image on disk. */
class ImageDepotTest {
  private static final int CHUNK = 4096;

  @TempDir Path folder;
  private final byte[] image = new byte[2 * CHUNK];
  private ChunkList list;
  private long free = Long.MAX_VALUE;

  @BeforeEach
  void anImage() throws IOException {
    Arrays.fill(image, 0, CHUNK, (byte) 2);
    Arrays.fill(image, CHUNK, image.length, (byte) 1);
    list = ChunkList.of(new ByteArrayInputStream(image), CHUNK);
  }

  private ImageDepot depot() {
    ImageDepot depot = new ImageDepot(folder, Runnable::run, () -> free);
    depot.expect(list.image());
    return depot;
  }

  private boolean put(ImageDepot depot, Part part, int index, byte[] bytes) {
    return depot
        .put(
            new UploadPiece(list.image().digest(), part, index, bytes),
            whole -> depot.finish(whole, Runnable::run, (digest, file) -> true))
        .toCompletableFuture()
        .join();
  }

  private void putAll(ImageDepot depot) {
    put(depot, Part.LIST, 0, list.bytes());
    put(depot, Part.IMAGE, 1, Arrays.copyOfRange(image, CHUNK, 2 * CHUNK));
    put(depot, Part.IMAGE, 0, Arrays.copyOf(image, CHUNK));
  }

  @Test
  void chunksInAnyOrderMakeTheImage() throws IOException {
    ImageDepot depot = depot();
    putAll(depot);

    assertThat(depot.complete(list.image().digest())).isTrue();
    assertThat(Files.readAllBytes(folder.resolve(list.image().digest().toString())))
        .isEqualTo(image);
    assertThat(depot().complete(list.image().digest())).isTrue();
  }

  @Test
  void aFullDiskIsSaidAsSuch() {
    ImageDepot depot = depot();
    free = 1_000_000;

    assertThatThrownBy(() -> put(depot, Part.LIST, 0, list.bytes()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Refused.class)
        .satisfies(
            no ->
                assertThat(((Refused) no.getCause()).refusal().reason())
                    .isEqualTo(Reason.NO_SPACE));
  }

  @Test
  void bytesThatRottedOnTheDiskMustComeAgain() throws IOException {
    ImageDepot depot = depot();
    put(depot, Part.LIST, 0, list.bytes());
    put(depot, Part.IMAGE, 1, Arrays.copyOfRange(image, CHUNK, 2 * CHUNK));
    Path part = folder.resolve(list.image().digest() + ".part");
    byte[] rotten = Files.readAllBytes(part);
    rotten[CHUNK] = 9;
    Files.write(part, rotten);

    ImageDepot next = depot();
    assertThat(next.progress(list.image().digest()).toCompletableFuture().join().chunks()).isZero();
    putAll(next);
    assertThat(next.complete(list.image().digest())).isTrue();
  }

  @Test
  void aWrongListIsForgotten() {
    ImageDepot depot = depot();
    byte[] wrong = list.bytes();
    wrong[0]++;

    assertThatThrownBy(() -> put(depot, Part.LIST, 0, wrong)).hasCauseInstanceOf(Refused.class);
    putAll(depot);
    assertThat(depot.complete(list.image().digest())).isTrue();
  }

  @Test
  void whatNobodyNeedsIsDeleted() throws IOException {
    ImageDepot depot = depot();
    putAll(depot);
    depot.drop(list.image().digest());

    assertThat(folder).isEmptyDirectory();
    assertThat(depot.complete(Digest.of(image))).isFalse();
  }
}
