// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkTest {
  private static Network network() {
    try {
      return Network.make();
    } catch (Network.Unavailable e) {
      return abort(e.getMessage());
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void nothingIsLeftOfANetworkThatIsClosed() throws Exception {
    String name;
    Process running;
    try (Network network = network()) {
      List<String> prefix = network.host("left").prefix();
      name = prefix.get(prefix.size() - 1);
      running = new ProcessBuilder("ip", "netns", "exec", name, "sleep", "600").start();
      assertThat(run("ip", "netns", "list")).contains(name);
    }
    assertThat(run("ip", "netns", "list")).doesNotContain(name);
    assertThat(running.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void whatAKilledRunLeftIsRemovedByTheNext() throws Exception {
    network().close();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    String left = "muster-" + gone.pid() + "-left";
    run("ip", "netns", "add", left);
    network().close();
    assertThat(run("ip", "netns", "list")).doesNotContain(left);
  }

  @Test
  void aFilterRefusesWhatItDoesNotLet() throws Exception {
    try (Network network = network()) {
      Network.Host one = network.host("one");
      Network.Host other = network.host("other");
      network.join(one, "10.77.9.1", other, "10.77.9.2");
      assertThat(one.reaches("10.77.9.2", 9, 1)).as("nobody listens there").isFalse();
      one.filter(
          """
          table inet muster {
            counter refused {
            }
            chain out {
              type filter hook output priority filter; policy drop
              tcp dport 9 counter name refused
            }
          }
          """);
      assertThat(one.counted("refused")).isZero();
      assertThat(one.reaches("10.77.9.2", 9, 1)).isFalse();
      assertThat(one.counted("refused")).isPositive();
    }
  }
}
