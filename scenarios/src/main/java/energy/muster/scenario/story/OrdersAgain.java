// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.CampaignState;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.StoryFailure;
import energy.muster.stage.Child;
import energy.muster.stage.Workshop;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;

/** A good order in bad hands: past the service, by others, to others, and again. */
final class OrdersAgain {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final FirmwareContest contest;
  private final Child device;
  private Draft order;

  /**
   * @param device the process of all devices
   */
  OrdersAgain(FirmwareContest contest, Child device) {
    this.contest = contest;
    this.device = device;
  }

  void play() throws Exception {
    order = contest.upgrade(contest.key(Workshop.INSTALLER), "load-1", contest.good, 2);
    pastTheService();
    throughTheService();
    again();
    otherHardware();
  }

  /** Only whoever has the device's own password reaches it at all, and is turned away there. */
  private void pastTheService() throws Exception {
    contest.scene.note("An order that inst-1 has signed is stolen before it was given.");
    RawClient spy = RawClient.logIn(contest.scene, "load-1");
    spy.present(RawElement.of(Payload.empty(Wire.LEASE)));
    contest.scene.await(
        "a thief who has load-1's password learns its address",
        WITHIN,
        () -> spy.presenceOfTwin().isPresent());
    String address = spy.presenceOfTwin().orElseThrow();
    unreached("a chat client", RawClient.logIn(contest.scene, "guest"), address);
    unreached("a stolen operator's session", contest.proven("op-1"), address);
    unreached("a builder", contest.proven(Workshop.BUILDER), address);
    contest.refused(
        "load-1's own password brings it to load-1",
        Reason.NOT_AUTHORISED,
        spy.set(address, order.delivery()),
        "device");
    spy.close();
    contest.scene.check(!heard(), "load-1 has taken no order");
    contest.runs("load-1", FirmwareCast.OLD);
  }

  private void unreached(String who, RawClient client, String address) throws Exception {
    Answer answer = client.set(address, order.delivery());
    if (answer.ok() || heard()) {
      throw new StoryFailure(who + " got an upgrade to load-1 past the service: " + answer);
    }
    contest
        .scene
        .transcript()
        .line("   ✓ " + who + " sends it to load-1 → as if there were no such account (server)");
  }

  /** Whether the device has judged it to be an order. */
  private boolean heard() {
    return device.events().stream()
        .anyMatch(
            said ->
                said.path("event").asText().equals("command")
                    && said.path("id").asText().equals(order.id().text()));
  }

  private void throughTheService() throws Exception {
    contest.refused(
        "op-1 submits the order of inst-1",
        Reason.NOT_AUTHORISED,
        contest.proven("op-1").submit(order));
    RawClient installer = contest.proven(Workshop.INSTALLER);
    contest.refused(
        "the order, altered after it was signed",
        Reason.BAD_SIGNATURE,
        installer.submit(order.altered()));
    contest.refused(
        "the order, for another device than was signed",
        Reason.WRONG_TARGET,
        installer.submit(order.misdirectedTo(contest.scene.stage().folder().jid("load-4"))));
    contest.taken("inst-1 submits it", installer.submit(order));
    Operator person = contest.cast.installer();
    contest.cast.awaitState(person, CampaignState.DONE, WITHIN);
    contest.runs("load-1", FirmwareCast.NEW);
    person.close();
  }

  private void again() throws Exception {
    contest.scene.note("The campaign is over; the same sealed order comes again.");
    long executed = outcomes();
    contest.taken(
        "by inst-1: answered as before", contest.proven(Workshop.INSTALLER).submit(order));
    contest.refused("by op-1", Reason.NOT_AUTHORISED, contest.proven("op-1").submit(order));
    contest.refused(
        "to another device",
        Reason.WRONG_TARGET,
        contest
            .proven(Workshop.INSTALLER)
            .submit(order.misdirectedTo(contest.scene.stage().folder().jid("load-4"))));
    Operator person = contest.cast.installer();
    contest.scene.checkEqual(
        1L,
        person.ordered().stream().filter("upgrade load-1"::equals).count(),
        "the number of upgrades of load-1 in the journal");
    contest.scene.checkEqual(executed, outcomes(), "the number of times load-1 answered it");
    contest.runs("load-4", FirmwareCast.OLD);
    person.close();
  }

  private long outcomes() {
    return device.events().stream()
        .filter(said -> said.path("event").asText().equals("outcome"))
        .filter(said -> said.path("id").asText().equals(order.id().text()))
        .count();
  }

  private void otherHardware() throws Exception {
    contest.scene.note("load-2 is other hardware.");
    Operator person = contest.cast.installer();
    person.refused("upgrade load-2 to 2.4.1", "wrong-target");
    person.told("campaign-failed", WITHIN);
    contest.runs("load-2", FirmwareCast.OLD);
    person.close();
  }
}
