// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.CampaignState;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.StoryFailure;
import energy.muster.stage.Child;
import energy.muster.stage.Workshop;
import java.time.Duration;
import java.util.List;

/** Two upgrades of one device, ordered in one breath: it is upgraded once, and both end. */
final class TwoAtOnce {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final FirmwareContest contest;
  private final Child device;

  /**
   * @param device the process of all devices
   */
  TwoAtOnce(FirmwareContest contest, Child device) {
    this.contest = contest;
    this.device = device;
  }

  void play() throws Exception {
    contest.scene.note("Two upgrades of load-5 are ordered in one breath.");
    Draft one = order();
    Draft other = order();
    RawClient installer = contest.proven(Workshop.INSTALLER);
    contest.taken("the first is taken", installer.submit(one));
    contest.taken("so is the second", installer.submit(other));
    Operator person = contest.cast.installer();
    contest.scene.await(
        "both campaigns are done",
        WITHIN,
        () -> done(person, one) && done(person, other),
        () -> device.events().toString());
    List<String> ends =
        device.events().stream()
            .filter(said -> said.path("event").asText().equals("outcome"))
            .filter(
                said ->
                    List.of(one.id().text(), other.id().text()).contains(said.path("id").asText()))
            .map(said -> said.path("result").asText() + " " + said.path("reason").asText())
            .toList();
    contest.scene.checkEqual(
        List.of("executed ", "refused already-there"), ends, "what load-5 said to them");
    contest.runs("load-5", FirmwareCast.NEW);
    person.close();
  }

  private Draft order() {
    return contest.upgrade(contest.key(Workshop.INSTALLER), "load-5", contest.good, 2);
  }

  private static boolean done(Operator person, Draft order) {
    try {
      return person.quietly("campaigns").stream()
          .filter(FirmwareEvent.CampaignsListed.class::isInstance)
          .flatMap(event -> ((FirmwareEvent.CampaignsListed) event).campaigns().stream())
          .anyMatch(
              campaign ->
                  campaign.order().equals(order.id()) && campaign.state() == CampaignState.DONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }
}
