// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.pki.RevocationReason;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.Scene;
import energy.muster.seal.Sealed;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import java.time.Duration;
import java.util.List;

/** A list of releases that is kept from being renewed, and one whose number a thief runs up. */
final class ListsOfOtherDays {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration BRIEF = Duration.ofSeconds(8);
  private static final long FAR = 1_000_000;

  private final FirmwareContest contest;
  private final Scene scene;
  private final Workshop workshop;
  private final Built next;

  /**
   * @param next complete at the service, and not released yet
   */
  ListsOfOtherDays(FirmwareContest contest, Built next) {
    this.contest = contest;
    this.scene = contest.scene;
    this.workshop = contest.workshop;
    this.next = next;
  }

  void play() throws Exception {
    frozen();
    fastForward();
  }

  private Sealed list(String releaser, long number, Duration life, List<Built> built) {
    return workshop.list(releaser, number, life, built);
  }

  private void frozen() throws Exception {
    scene.note("Freeze: an upgrade waits, and the list ends before anybody renews it.");
    Operator utility = scene.operator("op-1");
    utility.does("restrict load-4 maintenance until 23:59");
    utility.does("expect load-4 restricted");
    contest.taken(
        "a list that is good for " + BRIEF.toSeconds() + " s",
        contest
            .proven(Workshop.RELEASER)
            .set(
                FirmwareContest.publishing(
                    list(Workshop.RELEASER, 3, BRIEF, List.of(contest.good)))));
    Operator person = contest.cast.installer();
    person.says("upgrade load-4 to 2.4.1 within 30 min");
    contest.cast.awaitMember(person, "load-4", CampaignMember.State.WAITING, WITHIN);
    scene.pause(BRIEF);
    utility.does("release load-4");
    person.awaitAnswer("load-4", "refused", WITHIN);
    contest.cast.awaitState(person, CampaignState.FAILED, WITHIN);
    person.sees("stale");
    person.told("campaign-failed", WITHIN);
    contest.runs("load-4", FirmwareCast.OLD);
    person.declined("upgrade load-4 to 2.4.1", "stale");
    person.close();
    utility.close();
  }

  private void fastForward() throws Exception {
    scene.note("Fast-forward: a thief runs the number of the lists up, and devices believe it.");
    RawClient thief = contest.proven(Workshop.RELEASER);
    contest.taken(
        "list " + FAR,
        thief.set(
            FirmwareContest.publishing(list(Workshop.RELEASER, FAR, WEEK, List.of(contest.good)))));
    Operator person = contest.cast.installer();
    person.says("upgrade load-4 to 2.4.1 within 30 min");
    contest.cast.awaitState(person, CampaignState.DONE, WITHIN);
    RawClient honest = contest.proven("releaser-2");
    Sealed fourth = list("releaser-2", 4, WEEK, List.of(contest.good, next));
    contest.refused(
        "the next list of another releaser",
        Reason.ROLLBACK,
        honest.set(FirmwareContest.publishing(fourth)));
    SiteFolder folder = scene.stage().folder();
    folder.pki().revoke(folder.jid(Workshop.RELEASER), RevocationReason.KEY_COMPROMISE);
    scene.await(
        "the key is revoked, and its session ended",
        WITHIN,
        () -> thief.heard().stream().anyMatch(stanza -> stanza.contains("<required")));
    contest.taken("list 4 counts again", honest.set(FirmwareContest.publishing(fourth)));
    contest.refused(
        "another list under the revoked key",
        Reason.REVOKED,
        honest.set(
            FirmwareContest.publishing(
                list(Workshop.RELEASER, FAR + 1, WEEK, List.of(contest.good)))));
    scene.note("load-4, which has believed list " + FAR + ", takes list 4 now.");
    person.says("upgrade load-4 to 2.4.2 within 30 min");
    contest.cast.awaitState(person, CampaignState.DONE, WITHIN);
    person.close();
  }
}
