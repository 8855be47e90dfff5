// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BoshSessionsTest {
  private final Map<String, Duration> silent = new HashMap<>();
  private final Map<String, Runnable> listening = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final List<String> ended = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private final BoshSessions<String, String> sessions =
      new BoshSessions<>(
          new BoshSessions.Life<>() {
            @Override
            public String name(String session) {
              return session;
            }

            @Override
            public boolean closed(String session) {
              return closed.contains(session);
            }

            @Override
            public Duration silence(String session) {
              return silent.getOrDefault(session, Duration.ZERO);
            }

            @Override
            public Duration patience(String session) {
              return Duration.ofSeconds(15);
            }

            @Override
            public void close(String session) {
              if (broken.contains(session)) {
                throw new IllegalStateException("it does not close");
              }
              ended.add(session);
              closed.add(session);
              listening.get(session).run();
            }

            @Override
            public void whenClosed(String session, Runnable then) {
              listening.put(session, then);
            }
          });

  private void opens(String session) {
    assertThat(sessions.of(session, name -> "turns of " + name)).isEqualTo("turns of " + session);
  }

  @Test
  void oneThatSaysNothingIsEndedOnce() {
    opens("a");
    opens("b");
    silent.put("a", Duration.ofSeconds(15));
    sessions.endSilent();
    sessions.endSilent();

    assertThat(ended).containsExactly("a");
    assertThat(sessions.count()).isEqualTo(1);
  }

  @Test
  void oneThatIsClosedIsForgotten() {
    opens("a");
    listening.get("a").run();

    assertThat(sessions.count()).isZero();
  }

  @Test
  void oneThatWasClosedBeforeItsRequestCameIsNotKept() {
    closed.add("a");
    opens("a");
    silent.put("a", Duration.ofMinutes(1));
    sessions.endSilent();

    assertThat(sessions.count()).isZero();
    assertThat(ended).isEmpty();
  }

  @Test
  void oneThatDoesNotCloseKeepsNoOtherOpen() {
    for (String session : List.of("a", "b", "c")) {
      opens(session);
      silent.put(session, Duration.ofSeconds(15));
    }
    broken.add("b");
    sessions.endSilent();
    sessions.endSilent();

    assertThat(ended).containsExactlyInAnyOrder("a", "c");
    assertThat(sessions.count()).isZero();
  }
}
