// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is shown of devices without asking them. */
final class SurveyTest extends Sitting {
  @Test
  void devicesAreListedByNameAndNumber() throws Exception {
    session.run("who loads");
    assertThat(one(Event.Listed.class).contacts().stream().map(each -> each.device().local()))
        .containsExactly("load-9", "load-48", "load-50a");
  }

  @Test
  void aSignedAnswerIsTheNewestThatWasHeardOfADevice() throws Exception {
    now = pki.now().plusSeconds(20);
    session.run("status gen-2 now");
    session.run("status gen-2");
    assertThat(one(Event.Shown.class).contact().heard())
        .isEqualTo(one(Event.Answered.class).outcome().header().issuedAt())
        .isEqualTo(now);
  }

  @Test
  void anAnswerDatedAheadDoesNotMakeADeviceHeardInTheFuture() throws Exception {
    service.clock(() -> pki.now().plusSeconds(20));
    session.run("status gen-2 now");
    session.run("status gen-2");
    assertThat(one(Event.Shown.class).contact().heard()).isEqualTo(now);
  }

  @Test
  void changesOfCommandedAndFollowedDevicesAreShownAndOthersStayQuiet() throws Exception {
    service.change("gen-2", Sample.generator(Operating.STARTING, Optional.empty()));
    assertThat(all(Event.Changed.class)).isEmpty();
    session.run("start gen-2");
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(all(Event.Changed.class)).hasSize(1);
    session.run("follow load-9");
    service.change("load-9", Sample.load(Operating.ON, 5));
    service.change("load-9", Sample.load(Operating.ON, 6));
    assertThat(all(Event.Changed.class)).hasSize(2);
    session.run("unfollow load-9");
    service.change("load-9", Sample.load(Operating.OFF, 0));
    assertThat(all(Event.Changed.class)).hasSize(2);
  }

  @Test
  void anExpectedStateIsAwaitedInTheMirror() throws Exception {
    assertThat(session.run("expect gen-2 on within 0.05 s").ok()).isFalse();
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(session.run("expect gen-2 on and available").ok()).isTrue();
    assertThat(session.run("expect 2 loads on branch 60 that are on").ok()).isTrue();
  }

  @Test
  void aLostChangeIsNoticedAndTheViewOpenedAgain() throws Exception {
    service.losesAChange("load-9", Sample.load(Operating.ON, 3));
    service.change("gen-2", Sample.generator(Operating.ON, Optional.empty()));
    assertThat(session.run("expect load-9 on").ok()).isTrue();
    assertThat(session.run("expect gen-2 on").ok()).isTrue();
  }

  @Test
  void whatAGoneDeviceLastSaidDoesNotCount() throws Exception {
    service.change(
        new Contact(
            LOAD,
            Set.of(),
            Optional.of(Sample.load(Operating.ON, 20)),
            Certainty.TEMPORARY,
            pki.now(),
            Optional.of(
                new Contact.Absence(true, pki.now(), "gone without a reason", Optional.empty()))));
    assertThat(session.run("expect load-48 on within 0.01 s").ok()).isFalse();
    assertThat(session.run("expect load-48 unavailable and faulty").ok()).isTrue();
    session.run("who that are faulty");
    assertThat(one(Event.Listed.class).contacts()).hasSize(1);
  }

  @Test
  void withoutAConnectionWhatIsShownIsSaidToBeOld() throws Exception {
    service.cut();
    session.run("status gen-2");
    assertThat(one(Event.Said.class).text()).startsWith("not connected: this is as it was");
  }
}
