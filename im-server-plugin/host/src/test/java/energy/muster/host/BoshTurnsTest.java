// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoshTurnsTest {
  private final List<String> taken = new ArrayList<>();
  private final BoshTurns<String> turns =
      new BoshTurns<>(
          7,
          2,
          new BoshTurns.Taker<>() {
            @Override
            public void take(long number, String request) {
              taken.add(number + request);
            }

            @Override
            public void again(long number, String request) {
              taken.add("again " + number + request);
            }
          });

  @Test
  void requestsAreTakenInTheOrderOfTheirNumbers() {
    turns.come(8, "b");
    turns.come(7, "a");
    turns.come(9, "c");
    assertThat(taken).containsExactly("7a", "8b", "9c");
  }

  @Test
  void oneThatHadItsTurnIsOnlyAnswered() {
    turns.come(7, "a");
    turns.come(7, "a");
    assertThat(taken).containsExactly("7a", "again 7a");
  }

  @Test
  void oneTooFarAheadDoesNotWaitAndTakesNobodysTurn() {
    turns.come(9, "c");
    turns.come(7, "a");
    assertThat(taken).containsExactly("9c", "7a");
  }
}
