// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every story that {@code muster scenario} plays also holds in the build, on the jars just built.
 */
class StoriesIT {
  static Stream<String> stories() {
    return Stories.all().stream().map(Story::name);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void holds(String name) throws IOException {
    Story story = Stories.named(name).orElseThrow();

    StoryRun.Verdict verdict =
        StoryRun.play(
            story,
            null,
            new Transcript(new PrintStream(System.out, true, StandardCharsets.UTF_8)),
            InstantSource.system());

    assumeThat(verdict.result()).as(verdict.text()).isNotEqualTo(StoryRun.Result.SKIPPED);
    assertThat(verdict.text()).isEmpty();
    assertThat(verdict.held()).isTrue();
  }
}
