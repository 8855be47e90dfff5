// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.service.Timing;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.fixture.InMemoryJournal;
import energy.muster.service.fixture.MovedClock;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.PersonRecord;
import energy.muster.service.journal.StaffRecord;
import energy.muster.service.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of all that accounts say makes others look again: alarms look for people by it. */
final class PeopleChangesTest {
  private static final BareJid OP_1 = World.jid("op-1");

  private final MovedClock clock = new MovedClock();
  private final Timetable timetable = new Timetable(clock);
  private final Desk desk = new Desk(Runnable::run);
  private final List<BareJid> changed = new ArrayList<>();
  private final Staff staff =
      new Staff(
          null,
          new Sessions(clock, timetable, null),
          null,
          null,
          null,
          null,
          null,
          new InMemoryJournal(),
          timetable,
          Timing.defaults(),
          desk,
          clock);

  @BeforeEach
  void onePersonHasEverProvenAKey() {
    staff.listener(new Changes());
    Certified first = new TestPki(clock).operator("op-1", "*").certified();
    staff.recover(
        new StaffRecord(
            List.of(new PersonRecord(first, Optional.empty(), clock.instant(), clock.instant())),
            List.of(),
            List.of()));
  }

  private final class Changes implements PeopleListener {
    @Override
    public void changed(BareJid person) {
      changed.add(person);
    }

    @Override
    public List<Long> canPass(BareJid from, Certified heir) {
      return List.of();
    }

    @Override
    public List<Long> canAccept(HandOver offer, Certified heir) {
      return List.of();
    }

    @Override
    public CompletionStage<Void> handOver(HandOver accepted, Certified heir, List<Entry> entries) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void offers(
        BareJid from, Optional<HandOver> standing, Optional<BareJid> by, String why) {
      // Not of interest.
    }
  }

  private void says(String account, String resource, Duty duty, String note) {
    staff.says(new FullJid(World.jid(account), resource), PersonPresence.of(duty, note), true);
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    says("op-1", "a", Duty.ON_DUTY, "");
    assertThat(changed).containsExactly(OP_1);

    for (int i = 0; i < 20; i++) {
      says("op-1", "a", Duty.ON_DUTY, "coffee " + i);
      says("op-1", "phone" + i, Duty.ON_DUTY, "");
      staff.quiet(new FullJid(OP_1, "phone" + i));
    }

    assertThat(changed).containsExactly(OP_1);
  }

  @Test
  void goingAwayComingBackAndBeingGoneDo() {
    says("op-1", "a", Duty.ON_DUTY, "");
    says("op-1", "a", Duty.DND, "");
    says("op-1", "a", Duty.ON_DUTY, "");
    staff.quiet(new FullJid(OP_1, "a"));

    assertThat(changed).containsExactly(OP_1, OP_1, OP_1, OP_1);
  }

  @Test
  void anAccountThatIsNobodysChangesNothing() {
    says("guest", "a", Duty.ON_DUTY, "");
    says("guest", "a", Duty.OFF_DUTY, "");
    staff.streamsChanged(World.jid("guest"));

    assertThat(changed).isEmpty();
  }
}
