// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.service.desk.Timetable;
import energy.muster.service.fixture.MovedClock;
import energy.muster.service.fixture.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the loss of very many devices at once costs: as much a device as the loss of few. */
final class MassOutageTest {
  private static final int DEVICES = 2_000;
  private static final Area BRANCH = new Area("branch-60");

  private final MovedClock clock = new MovedClock();
  private final Timetable timetable = new Timetable(clock);

  /** Counts how many devices are looked at. */
  private static final class Counted implements Members.Roll {
    private final List<Certified> devices = new ArrayList<>();
    private long edition;
    private int looks;

    @Override
    public long edition() {
      return edition;
    }

    @Override
    public Collection<Certified> devices() {
      looks += devices.size();
      return devices;
    }

    void add(Certified device) {
      devices.add(device);
      edition++;
    }
  }

  private static Certified device(Certified like, int number) {
    return new Certified(
        BareJid.parse("load-%d@grid.example".formatted(number)),
        Set.of(new Grant(Role.DEVICE, BRANCH)),
        like.serial(),
        like.fingerprint(),
        like.notBefore(),
        like.notAfter(),
        like.certificate());
  }

  @Test
  void whoBelongsToABranchIsLookedUpOnceForAllThatIsLost() {
    Certified like = new World().pki.device("load-1", "branch-60").certified();
    Counted roll = new Counted();
    for (int i = 0; i < DEVICES; i++) {
      roll.add(device(like, i));
    }
    Members members = new Members(roll);
    for (int i = 0; i < DEVICES; i++) {
      assertThat(members.of(BRANCH)).hasSize(DEVICES);
      assertThat(members.of(new Area("branch-61"))).isEmpty();
    }

    assertThat(roll.looks).isEqualTo(DEVICES);
  }

  @Test
  void aDeviceThatIsNewBelongsToItsBranchAtOnce() {
    Certified like = new World().pki.device("load-1", "branch-60").certified();
    Counted roll = new Counted();
    Members members = new Members(roll);
    roll.add(device(like, 1));
    assertThat(members.of(BRANCH)).hasSize(1);
    roll.add(device(like, 2));

    assertThat(members.of(BRANCH)).hasSize(2);
  }

  @Test
  void aBranchIsJudgedAtTheFirstLossAndOnceMoreForAllThatFollow() {
    List<Area> judged = new ArrayList<>();
    Paced<Area> branches = new Paced<>(1, Outages.JUDGING, timetable, judged::add);
    for (int i = 0; i < DEVICES; i++) {
      branches.touch(BRANCH);
    }
    assertThat(judged).hasSize(1);

    pass(Outages.JUDGING);
    assertThat(judged).hasSize(2);
    pass(Outages.JUDGING.multipliedBy(10));
    assertThat(judged).hasSize(2);

    branches.touch(BRANCH);
    assertThat(judged).hasSize(3);
  }

  @Test
  void whatMayHappenAFewTimesAtOnceWaitsOnlyAfterThat() {
    List<Area> looked = new ArrayList<>();
    Paced<Area> branches = new Paced<>(Pager.REVIEWS, Pager.REVIEWING, timetable, looked::add);
    for (int i = 0; i < DEVICES; i++) {
      branches.touch(BRANCH);
    }
    assertThat(looked).hasSize(Pager.REVIEWS);

    pass(Pager.REVIEWING.multipliedBy(10));

    assertThat(looked).hasSize(Pager.REVIEWS + 1);
  }

  @Test
  void lossesOfOneBranchDoNotKeepAnotherWaiting() {
    List<Area> judged = new ArrayList<>();
    Paced<Area> branches = new Paced<>(1, Outages.JUDGING, timetable, judged::add);
    branches.touch(BRANCH);
    branches.touch(new Area("branch-61"));

    assertThat(judged).containsExactly(BRANCH, new Area("branch-61"));
  }

  private void pass(Duration time) {
    clock.set(clock.in(time));
    timetable.advanceTo(clock.instant());
  }
}
