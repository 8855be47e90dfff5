// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much one person may ask, and how refusals are counted. */
final class SubmissionLimitTest extends Submitting {
  @Test
  void moreDevicesThanOnePersonMayAddressNeedASecondOne() {
    World tight =
        new World(new Limits(20, 100, 100, 1, Duration.ofMinutes(10), 100, 10, 64, 4, 1_000));
    SigningIdentity first = tight.pki.operator("op-1", "*");
    SigningIdentity second = tight.pki.operator("op-2", "*");
    tight.prove(tight.pki.device("load-48"), "k");
    FullJid console = tight.prove(first, "console");
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());

    assertThat(tight.refusal(console, tight.draft(first, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.RATE_LIMITED);
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").signedBy(first, second).submit());
    tight.pass(Duration.ofMinutes(10));
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
  }

  @Test
  void whoHasAddressedEnoughMayDoSoAgainInAWhileAlsoWhenTheClockWasSetBack() {
    World tight =
        new World(new Limits(20, 100, 100, 1, Duration.ofMinutes(10), 100, 10, 64, 4, 1_000));
    SigningIdentity first = tight.pki.operator("op-1", "*");
    tight.prove(tight.pki.device("load-48"), "k");
    FullJid console = tight.prove(first, "console");
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
    tight.pass(Duration.ofMinutes(-4));

    assertThat(tight.refusal(console, tight.draft(first, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.RATE_LIMITED);
    tight.pass(Duration.ofMinutes(10));
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
  }

  @Test
  void ordersThatMustBeRememberedAreBoundedReadsIncluded() {
    World tight =
        new World(new Limits(20, 100, 100, 100, Duration.ofMinutes(10), 2, 10, 64, 4, 1_000));
    SigningIdentity viewer = tight.pki.identity("viewer-1", Role.VIEWER, "*");
    SigningIdentity other = tight.pki.operator("op-2", "*");
    SigningIdentity load = tight.pki.device("load-48");
    FullJid device = tight.prove(load, "k");
    FullJid console = tight.prove(viewer, "console");
    for (int i = 0; i < 2; i++) {
      World.Draft read = tight.draft(viewer, Verb.READ, "load-48");
      tight.set(console, read.submit());
      tight.set(device, tight.outcome(load, read, new Result.Executed("20 kW")));
    }

    World.Draft more = tight.draft(viewer, Verb.READ, "load-48");
    assertThat(tight.refusal(console, more.submit())).isEqualTo(Reason.RATE_LIMITED);
    FullJid another = tight.prove(other, "console");
    tight.set(another, tight.draft(other, Verb.SHED, "load-48").submit());
    tight.pass(Duration.ofDays(1));
    tight.set(console, tight.draft(viewer, Verb.READ, "load-48").submit());
  }

  @Test
  void tooManyOrdersForOneAbsentDeviceAreRefused() {
    World tight =
        new World(new Limits(20, 100, 2, 100, Duration.ofMinutes(10), 100, 10, 64, 4, 1_000));
    SigningIdentity first = tight.pki.operator("op-1", "*");
    tight.cut(tight.prove(tight.pki.device("load-48"), "k"));
    FullJid console = tight.prove(first, "console");
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());
    tight.set(console, tight.draft(first, Verb.SHED, "load-48").submit());

    assertThat(tight.refusal(console, tight.draft(first, Verb.SHED, "load-48").submit()))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void refusalsAreRecordedOneByOneUpToTheLimitAndThenCounted() {
    FullJid admin = world.prove(world.pki.identity("sec-1", Role.SECURITY_ADMIN), "s");
    for (int i = 0; i < 25; i++) {
      world.refusal(person, world.draft(operator, Verb.SHED, "load-9").submit());
    }
    assertThat(world.journal.entries(Entry.RefusalNoted.class)).hasSize(10);
    assertThat(world.notices(admin)).containsExactly("limit");

    world.pass(Duration.ofMinutes(1));

    assertThat(world.journal.entries(Entry.ExcessCounted.class))
        .singleElement()
        .satisfies(excess -> assertThat(excess.count()).isEqualTo(15))
        .satisfies(excess -> assertThat(excess.sender()).isEqualTo(World.jid("op-1")));
  }

  @Test
  void aFloodIsTurnedAwayAfterItsBurstAndCounted() {
    int admitted = 0;
    for (int i = 0; i < 250; i++) {
      admitted += world.service().admit(device) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(100);
    world.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 50; i++) {
      admitted += world.service().admit(device) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(120);

    world.pass(Duration.ofMinutes(1));

    assertThat(world.journal.entries(Entry.ExcessCounted.class))
        .singleElement()
        .satisfies(excess -> assertThat(excess.count()).isEqualTo(180))
        .satisfies(excess -> assertThat(excess.kind()).isEqualTo(Entry.Excess.STANZAS));
  }
}
