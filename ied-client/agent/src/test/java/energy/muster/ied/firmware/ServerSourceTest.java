// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.Pass;
import energy.muster.link.RangeAnswer;
import energy.muster.link.ServerFiles;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own HTTPS opens to the pass that the service gave, and to a new one after it. */
class ServerSourceTest {
  private static final int CHUNK = 4_096;

  private final byte[] bytes = new byte[2 * CHUNK + 9];
  private final Deque<String> passes = new ArrayDeque<>(List.of("one", "two", "three"));
  private final List<String> heard = new ArrayList<>();
  private Image image;
  private String opens = "one";
  private int status = 206;
  private boolean there = true;
  private boolean closed;
  private ServerSource source;

  @BeforeEach
  void anImage() throws IOException {
    image = ChunkList.of(new ByteArrayInputStream(bytes), CHUNK).image();
    source = new ServerSource(() -> new Door(), new Line());
  }

  private final class Door implements ServerFiles {
    @Override
    public RangeAnswer get(String path, String token, long first, long last) throws IOException {
      if (!there) {
        throw new IOException("nobody there");
      }
      assertThat(path).isEqualTo("/firmware/" + image.digest());
      heard.add(token + " " + first + "-" + last);
      return token.equals(opens)
          ? new RangeAnswer(
              status,
              Optional.of("bytes %d-%d/%d".formatted(first, last, bytes.length)),
              Optional.empty(),
              Arrays.copyOfRange(bytes, (int) first, (int) last + 1))
          : new RangeAnswer(401, Optional.empty(), Optional.empty(), new byte[0]);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Line implements Service {
    @Override
    public Sealed releases() {
      throw new AssertionError("nobody asked");
    }

    @Override
    public Sealed manifest(Digest manifest) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public byte[] list(Image of, int index) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public Pass pass(Image of) throws TransferException {
      assertThat(of).isEqualTo(image);
      if (passes.isEmpty()) {
        throw TransferException.failed("not-authorised");
      }
      return new Pass(passes.remove(), Instant.parse("2026-03-02T13:00:00Z"));
    }
  }

  @Test
  void onePassServesForAllPieces() throws TransferException {
    for (int index = 0; index < image.chunks(); index++) {
      assertThat(source.chunk(image, index)).hasSize(image.length(index));
    }
    assertThat(heard).containsExactly("one 0-4095", "one 4096-8191", "one 8192-8200");
    source.close();
    assertThat(closed).isTrue();
  }

  @Test
  void whenThePassIsOverAnotherIsAskedFor() throws TransferException {
    source.chunk(image, 0);
    opens = "two";

    assertThat(source.chunk(image, 1)).hasSize(CHUNK);
    assertThat(source.chunk(image, 2)).hasSize(9);
    assertThat(passes).containsExactly("three");
  }

  @Test
  void aServerThatTakesNoPassIsAFailureAndTheNextTryAsksForAnother() {
    opens = "none";

    assertThatThrownBy(() -> source.chunk(image, 0)).hasMessageContaining("pass");
    assertThatThrownBy(() -> source.chunk(image, 0)).hasMessageContaining("pass");
    assertThat(heard).containsExactly("one 0-4095", "two 0-4095");
  }

  @Test
  void whereTheServiceGivesNoPassTheServerIsNotAsked() {
    passes.clear();

    assertThatThrownBy(() -> source.chunk(image, 0)).hasMessage("not-authorised");
    assertThat(heard).isEmpty();
  }

  @Test
  void anotherAnswerOrNobodyThereIsAFailure() {
    status = 404;
    assertThatThrownBy(() -> source.chunk(image, 0)).hasMessageContaining("status 404");
    there = false;
    assertThatThrownBy(() -> source.chunk(image, 0)).hasMessageContaining("nobody there");
  }
}
