// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A console that cannot know which keys are revoked says so. */
final class RevocationsTest extends Sitting {
  private void sitDownWithoutAList() throws Exception {
    service.withholdsLists();
    begin();
  }

  @Test
  void withACurrentListNothingIsSaid() throws Exception {
    session.run("who");
    assertThat(all(Event.Warned.class)).isEmpty();
    assertThat(all(Event.Said.class)).isEmpty();
    assertThat(session.unsureOfRevocations()).isFalse();
  }

  @Test
  void aMissingListIsWarnedOfOnce() throws Exception {
    sitDownWithoutAList();
    session.run("shed load-48");
    session.run("status load-48");
    assertThat(one(Event.Warned.class).text())
        .contains("none has come from the service", "muster pki crl");
    assertThat(session.unsureOfRevocations()).isTrue();
  }

  @Test
  void whoRemindsOfIt() throws Exception {
    sitDownWithoutAList();
    session.run("who");
    assertThat(one(Event.Said.class).text()).contains("a revoked key would still be believed");
  }

  @Test
  void aListPastItsTimeIsWarnedOfBeforeTheNextLine() throws Exception {
    now = pki.now().plus(Duration.ofHours(25));
    session.run("status load-48");
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            Event.Warned.class,
            warned ->
                assertThat(warned.text()).contains("the last was good until 2026-06-02T00:00"));
  }

  @Test
  void aCurrentListThatComesLateIsSaidToBeThere() throws Exception {
    sitDownWithoutAList();
    service.crl(pki.crl()).join();
    assertThat(one(Event.Said.class).text()).isEqualTo("a current revocation list has come");
    assertThat(session.unsureOfRevocations()).isFalse();
  }
}
