// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.session.LookGrant;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LookTest {
  private static final BareJid GUEST = World.jid("guest");
  private static final BareJid LOAD = World.jid("load-48");

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private final List<Contact> shown = new ArrayList<>();
  private final List<BareJid> ended = new ArrayList<>();
  private FullJid person;
  private FullJid device;

  @BeforeEach
  void everybodyIsThere() {
    world
        .service()
        .viewers(
            new Viewers() {
              @Override
              public void showChanged(BareJid viewer, Contact contact) {
                assertThat(viewer).isEqualTo(GUEST);
                shown.add(contact);
              }

              @Override
              public void lookEnded(BareJid viewer, BareJid gone) {
                ended.add(gone);
              }
            });
    person = world.prove(operator, "console");
    device = world.prove(world.pki.device("load-48", "branch-60"), "k1");
    world.prove(world.pki.device("load-1", "branch-7"), "k1");
  }

  private Payload grant(SigningIdentity grantor, Duration life, String... devices) {
    LookGrant grant =
        new LookGrant(
            world.header(DocumentType.LOOK_GRANT, grantor.certified().jid()),
            GUEST,
            List.of(devices).stream().map(World::jid).toList(),
            world.clock.in(life));
    return Payload.of(Wire.LOOK, Sealer.seal(grant.write(), grantor));
  }

  @Test
  void withoutAGrantThereIsNothing() {
    world.says(device, 1, Operating.ON, Duration.ofMinutes(5));

    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
    assertThat(shown).isEmpty();
  }

  @Test
  void aGrantShowsTheDeviceAndItsChangesUntilItEnds() {
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));
    assertThat(world.service().sight().look(GUEST, LOAD)).isPresent();
    shown.clear();

    world.says(device, 1, Operating.ON, Duration.ofHours(5));
    assertThat(shown).hasSize(1);

    world.pass(Duration.ofHours(1));
    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
    assertThat(ended).containsExactly(LOAD);
  }

  @Test
  void theGrantThatCameLastSaysWhenItEnds() {
    Payload longer = grant(operator, Duration.ofHours(2), "load-48");
    world.set(person, longer);
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));
    world.set(person, longer);

    world.pass(Duration.ofHours(1));
    assertThat(world.service().sight().look(GUEST, LOAD)).isPresent();
    assertThat(ended).isEmpty();

    world.pass(Duration.ofHours(1));
    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
    assertThat(ended).containsExactly(LOAD);
  }

  @Test
  void aGrantOutlivesARestart() {
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));
    world.killAndRestart();

    assertThat(world.service().sight().look(GUEST, LOAD)).isPresent();
  }

  @Test
  void aGrantShowsNoOtherDevice() {
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));

    assertThat(world.service().sight().look(GUEST, World.jid("load-1"))).isEmpty();
    assertThat(world.service().sight().look(World.jid("other"), LOAD)).isEmpty();
  }

  @Test
  void allThatAViewerMaySeeIsWhatWasGranted() {
    assertThat(world.service().sight().looks(GUEST)).isEmpty();

    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));
    assertThat(world.service().sight().looks(GUEST))
        .extracting(Contact::device)
        .containsExactly(LOAD);

    world.pass(Duration.ofHours(1));
    assertThat(world.service().sight().looks(GUEST)).isEmpty();
  }

  @Test
  void nobodyGrantsALookAtWhatTheyDoNotCover() {
    assertThat(world.refusal(person, grant(operator, Duration.ofHours(1), "load-48", "load-1")))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
  }

  @Test
  void aViewerGrantsNothing() {
    SigningIdentity viewer = world.pki.viewer("view-1", "*");
    FullJid session = world.prove(viewer, "c");

    assertThat(world.refusal(session, grant(viewer, Duration.ofHours(1), "load-48")))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aGrantThatHasEndedIsStale() {
    assertThat(world.refusal(person, grant(operator, Duration.ZERO, "load-48")))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void aRevokedGrantorsGrantsEnd() {
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));

    world.service().replaceTrust(world.pki.revoke(operator).trust());

    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
    assertThat(ended).containsExactly(LOAD);
  }

  @Test
  void theyDoNotComeBackWithARestart() {
    world.set(person, grant(operator, Duration.ofHours(1), "load-48"));
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN, "*"), "console");
    String crl = Base64.getEncoder().encodeToString(world.pki.revoke(operator).crl());
    world.set(admin, Payload.of(Wire.CRL, Json.object().put("crl", crl)));
    world.killAndRestart();

    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
    assertThat(world.service().sight().looks(GUEST)).isEmpty();
  }

  @Test
  void whoeverIsRevokedWhileTheGrantIsWrittenGrantsNothing() {
    world.journal.hold();
    var answer =
        world
            .service()
            .request(person, true, grant(operator, Duration.ofHours(1), "load-48"))
            .toCompletableFuture();
    world.service().replaceTrust(world.pki.revoke(operator).trust());
    world.journal.sync();

    assertThat(answer).isCompletedExceptionally();
    assertThat(world.service().sight().look(GUEST, LOAD)).isEmpty();
  }
}
