// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Shedding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted later: refusals, who came and went, and who was shed how lately. */
abstract class CountedRowsContract extends JournalOnDatabase {
  CountedRowsContract(Engine engine) {
    super(engine);
  }

  @Test
  void refusalsAreReadBackTheNewestFirst() {
    Entry.RefusalNoted first =
        new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "too late"));
    Entry.RefusalNoted second =
        new Entry.RefusalNoted(at.plusSeconds(1), LOAD, new Refusal(Reason.BUSY, "too many"));
    Entry.ExcessCounted excess =
        new Entry.ExcessCounted(at, LOAD, Entry.Excess.STANZAS, 5_000_000_000L);
    done(journal().append(List.of(first, second, excess)));
    assertThat(done(journal().refusals(10)).recorded()).containsExactly(second, first);
    assertThat(done(journal().refusals(10)).counted()).containsExactly(excess);
    assertThat(done(journal().refusals(1)).recorded()).containsExactly(second);
  }

  @Test
  void whoCameAndWentIsReadBackSinceATimeWithHowItStoodThen() {
    Entry.Attended came = attended(0, Attendance.THERE);
    Entry.Attended went = attended(10, Attendance.FAULT);
    Entry.Attended back = attended(20, Attendance.THERE);
    Entry.Ran run = new Entry.Ran(at, at.plusSeconds(25));
    done(journal().append(List.of(came, new Entry.Ran(at, at), went, back, run)));

    AttendanceRecord all = done(journal().attendance(at));
    assertThat(all.changes()).containsExactly(came, went, back);
    assertThat(all.runs()).containsExactly(run);
    AttendanceRecord late = done(journal().attendance(at.plusSeconds(15)));
    assertThat(late.changes()).containsExactly(went, back);
    assertThat(late.runs()).containsExactly(run);

    done(journal().prune(at.plusSeconds(15)));
    assertThat(done(journal().attendance(at)).changes()).containsExactly(went, back);
    done(journal().prune(at.plusSeconds(30)));
    assertThat(done(journal().attendance(at)).changes()).containsExactly(back);
    assertThat(done(journal().attendance(at)).runs()).isEmpty();
  }

  private Entry.Attended attended(int seconds, Attendance attendance) {
    return new Entry.Attended(LOAD, at.plusSeconds(seconds), attendance, "gone without a reason");
  }

  /** PostgreSQL keeps no NUL in a text, and a device's words may hold one. */
  @Test
  void aNulInATextIsKeptAsAMarkAndTheEntryIsNotLost() {
    done(journal().append(new Entry.RefusalNoted(at, LOAD, new Refusal(Reason.STALE, "a\0b"))));
    assertThat(done(journal().refusals(1)).recorded())
        .extracting(noted -> noted.refusal().text())
        .containsExactly("a\uFFFDb");
  }

  @Test
  void whoWasShedAndRestoredIsReadBackInOrderSinceATime() {
    carriedOut(like(Verb.SHED, 0, command.until(), ""), at.plusSeconds(1));
    carriedOut(like(Verb.RESTORE, 60, Optional.empty(), ""), at.plusSeconds(61));

    Shedding shed = new Shedding(LOAD, false, at.plusSeconds(1), command.until());
    Shedding restored = new Shedding(LOAD, true, at.plusSeconds(61), Optional.empty());
    assertThat(done(journal().sheddings(at))).containsExactly(shed, restored);
    assertThat(done(journal().sheddings(at.plusSeconds(2)))).containsExactly(restored);
    assertThat(done(journal().sheddings(at.plusSeconds(62)))).isEmpty();
  }

  @Test
  void onlyWhatIsShedOrRestoredInTheEndCountsAsThat() {
    done(journal().append(new Entry.Accepted(order(like(Verb.SHED, 0, Optional.empty(), "")))));
    carriedOut(like(Verb.START, 1, Optional.empty(), "not \"verb\":\"shed\""), at.plusSeconds(2));
    assertThat(done(journal().sheddings(at))).isEmpty();
  }

  private void carriedOut(Command what, Instant when) {
    done(journal().append(new Entry.Accepted(order(what))));
    done(
        journal()
            .append(
                new Entry.Concluded(
                    what.id(),
                    LOAD,
                    DeliveryState.EXECUTED,
                    when,
                    "",
                    SEALED,
                    Digest.of(what.write()))));
  }
}
