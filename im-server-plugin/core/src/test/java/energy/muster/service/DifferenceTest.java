// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.json.Fields;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.presence.Difference;
import energy.muster.presence.Operating;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a device says when it is back is compared with what was believed, and neither is hidden. */
final class DifferenceTest extends OneLoadAndItsOperator {
  private static final Duration AWHILE = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private int lives = 1;
  private long revision = 1;

  private void back(Operating as) {
    device = world.prove(load, "k" + ++lives);
    says(as);
  }

  private void says(Operating as) {
    says(as, Optional.empty(), revision++);
  }

  private void away() {
    world.cut(device);
    world.pass(AWHILE);
  }

  private Optional<Difference> difference() {
    return world.seen(person, "load-48").flatMap(Contact::difference);
  }

  private Draft shedUntilSoon() {
    return submitted(
        world
            .draft(operator, Verb.SHED, "load-48")
            .but(order -> order.until(world.clock.in(AWHILE.dividedBy(2)))));
  }

  private void carriesOut(Draft order) {
    world.set(device, world.outcome(load, order, new Result.Executed("done")));
  }

  @Test
  void aDeviceThatComesBackOtherwiseIsToldAndShown() {
    says(Operating.ON);
    var known = world.clock.instant();
    away();
    back(Operating.OFF);

    assertThat(difference()).contains(new Difference(world.clock.instant(), "on", known, "off"));
    assertThat(noticed("difference"))
        .containsExactly(
            "load-48: came back off, and was believed to be on when last heard at " + known);
  }

  @Test
  void theNoticeIsShapedAsTheGoldenOne() {
    says(Operating.ON);
    away();
    back(Operating.OFF);

    Payload told =
        world.network.to(person, Wire.NOTICE).stream()
            .filter(notice -> notice.requireJson().get("kind").asText().equals("difference"))
            .findFirst()
            .orElseThrow();
    Payload golden = GoldenStanza.NOTICE_DIFFERENCE_MESSAGE.payload().orElseThrow();
    assertThat(told.requireJson().fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> golden.requireJson().fieldNames());
    Difference read =
        Difference.read(Fields.of(golden.requireJson()).some(all -> all.object("difference")));
    assertThat(read.write()).isEqualTo(golden.requireJson().get("difference"));
  }

  @Test
  void oneThatComesBackAsItWasIsNoDifference() {
    says(Operating.ON);
    away();
    back(Operating.ON);
    says(Operating.OFF);

    assertThat(difference()).isEmpty();
    assertThat(noticed("difference")).isEmpty();
  }

  @Test
  void whatWasStartingAndIsOnIsNoDifference() {
    says(Operating.STARTING);
    away();
    back(Operating.ON);

    assertThat(difference()).isEmpty();
  }

  @Test
  void anOrderThatItHadExplainsItOnceItsWordOnTheOrderHasCome() {
    says(Operating.ON);
    Draft order = shed();
    away();
    back(Operating.OFF);
    assertThat(difference()).isPresent();

    carriesOut(order);
    world.pass(GRACE);

    assertThat(difference()).isEmpty();
    assertThat(noticed("difference")).isEmpty();
  }

  @Test
  void anOrderThatItHadAndDidNotCarryOutExplainsNothing() {
    says(Operating.ON);
    Draft order = shed();
    away();
    back(Operating.OFF);
    world.set(device, world.outcome(load, order, new Result.Uncertain("died in between")));
    assertThat(noticed("difference")).isEmpty();
    world.pass(GRACE);

    assertThat(noticed("difference")).hasSize(1);
    assertThat(difference()).isPresent();
  }

  @Test
  void anOrderThatIsStillOpenIsNamed() {
    says(Operating.ON);
    Draft order = shed();
    away();
    back(Operating.OFF);
    world.pass(GRACE);

    assertThat(noticed("difference"))
        .singleElement()
        .asString()
        .endsWith("; it has not yet answered shed (order " + order.id().brief() + ")");
  }

  @Test
  void anOrderTheOtherWayExplainsNothing() {
    says(Operating.OFF);
    Draft order = shed();
    away();
    back(Operating.ON);
    carriesOut(order);
    world.pass(GRACE);

    assertThat(noticed("difference")).hasSize(1);
  }

  @Test
  void whatWasToGoBackByItselfIsBelievedToHaveGoneBack() {
    says(Operating.ON);
    Draft order = shedUntilSoon();
    carriesOut(order);
    says(Operating.OFF);
    away();
    back(Operating.ON);
    assertThat(difference()).isEmpty();

    away();
    back(Operating.OFF);
    assertThat(difference().orElseThrow().believed()).isEqualTo("on");
  }

  @Test
  void whatDidNotGoBackByItselfIsADifferenceAlsoAfterARestartOfTheService() {
    says(Operating.ON);
    carriesOut(shedUntilSoon());
    says(Operating.OFF);
    world.cut(device);
    world.service().close();
    world.killAndRestart();
    person = world.prove(operator, "console");
    world.pass(AWHILE);
    back(Operating.OFF);

    Difference found = difference().orElseThrow();
    assertThat(found.believed()).isEqualTo("on");
    assertThat(found.found()).isEqualTo("off");
  }

  @Test
  void theDevicesSignedWordIsBelievedEvenIfItsPresenceWasLost() {
    says(Operating.ON);
    Draft order = shed();
    carriesOutSaying(order, Operating.OFF);
    away();
    back(Operating.ON);

    assertThat(difference().orElseThrow().believed()).isEqualTo("off");
  }

  @Test
  void whatWasCarriedOutJustBeforeTheServiceWasKilledIsNoDifference() {
    says(Operating.ON);
    world.pass(AWHILE);
    carriesOutSaying(shed(), Operating.OFF);
    world.killAndRestart();
    person = world.prove(operator, "console");
    back(Operating.OFF);

    assertThat(difference()).isEmpty();
  }

  private void carriesOutSaying(Draft order, Operating state) {
    world.set(device, world.outcome(load, order, new Result.Executed("done"), revision++, state));
  }

  @Test
  void itIsShownOverARestartOfTheServiceUntilAnOrderGivenKnowingItIsCarriedOut() {
    says(Operating.ON);
    away();
    back(Operating.OFF);
    world.killAndRestart();
    person = world.prove(operator, "console");
    back(Operating.OFF);
    assertThat(difference().orElseThrow().found()).isEqualTo("off");

    world.pass(AWHILE);
    carriesOut(submitted(world.draft(operator, Verb.RESTORE, "load-48")));

    assertThat(difference()).isEmpty();
  }

  @Test
  void onlyThoseWhoseCertificateCoversTheDeviceAreTold() {
    FullJid stranger = world.prove(world.pki.operator("op-7", "branch-7"), "console");
    says(Operating.ON);
    away();
    back(Operating.OFF);

    assertThat(world.notices(stranger)).isEmpty();
    assertThat(world.seen(stranger, "load-48")).isEmpty();
  }
}
