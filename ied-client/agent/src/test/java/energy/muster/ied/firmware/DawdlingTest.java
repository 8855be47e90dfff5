// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source that gives each piece just in time, and never all of them. */
class DawdlingTest {
  private static final int CHUNK = Image.SHORTEST_CHUNK;
  private static final int PIECES = 6;

  private final byte[] bytes = new byte[PIECES * CHUNK];
  private final ChunkList list = list();
  private final List<String> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-07-01T10:00:00Z");

  private ChunkList list() {
    try {
      return ChunkList.of(new ByteArrayInputStream(bytes), CHUNK);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One that gives what was signed, if it gives anything. */
  private Source source(String name, Duration takes, boolean gives) {
    return new Source() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Duration apart() {
        return Duration.ZERO;
      }

      @Override
      public byte[] chunk(Image image, int index) throws TransferException {
        asked.add(name);
        now = now.plus(takes);
        if (!gives) {
          throw TransferException.failed("it gives nothing");
        }
        return Arrays.copyOf(bytes, CHUNK);
      }
    };
  }

  private void fetch(Source... sources) throws Control.Stopped, Broken {
    Fetching fetching =
        new Fetching(
            List.of(sources),
            new Control((control, time) -> {}),
            new Fetching.Course() {
              @Override
              public void turn() {}

              @Override
              public void paused(boolean paused) {}

              @Override
              public Instant now() {
                return now;
              }
            });
    for (int index = 0; index < PIECES; index++) {
      assertThat(fetching.chunk(list, index)).hasSize(CHUNK);
    }
  }

  @Test
  void aSourceThatGivesIsStayedWith() throws Control.Stopped, Broken {
    fetch(source("http", Duration.ofMillis(200), true), source("service", Duration.ZERO, true));

    assertThat(asked).hasSize(PIECES).containsOnly("http");
  }

  @Test
  void aSourceThatDawdlesIsLeftForAnother() throws Control.Stopped, Broken {
    fetch(source("http", Duration.ofSeconds(9), true), source("service", Duration.ZERO, true));

    assertThat(asked.get(0)).isEqualTo("http");
    assertThat(asked.subList(1, PIECES)).containsOnly("service");
  }

  @Test
  void aSourceThatDawdlesIsBetterThanOneThatGivesNothing() throws Control.Stopped, Broken {
    fetch(
        source("http", Duration.ofSeconds(1), false),
        source("service", Duration.ofSeconds(9), true));

    assertThat(asked).filteredOn("http"::equals).hasSize(3);
    assertThat(asked).filteredOn("service"::equals).hasSize(PIECES);
  }
}
