// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a sitting tells by itself, grants, and how it ends. */
final class ConsoleSessionTest extends Sitting {
  @Test
  void noticesAndTheConnectionAreTold() {
    service.tell(
        Payload.of(
            Wire.NOTICE,
            Json.object()
                .put("at", Instant.EPOCH.toString())
                .put("kind", "fault")
                .put("device", "load-48@grid.example")
                .put("text", "gone without a reason")));
    assertThat(one(Event.Noticed.class).kind()).isEqualTo("fault");
    service.cutAndProveAgain();
    assertThat(all(Event.Linked.class)).hasSize(2);
  }

  @Test
  void aLookGrantIsSigned() throws Exception {
    assertThat(session.run("let visitor look at gen-2 until 18:00").ok()).isTrue();
    assertThat(service.grants()).hasSize(1);
    assertThat(service.grants().get(0).viewer()).isEqualTo(TestPki.jid("visitor"));
    assertThat(service.grants().get(0).until()).isEqualTo("2026-06-01T18:00:00Z");
  }

  @Test
  void leavingSaysGoodbye() throws Exception {
    assertThat(session.run("quit")).isInstanceOf(LineResult.Left.class);
    session.close();
    assertThat(service.left()).isTrue();
  }
}
