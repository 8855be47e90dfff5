// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.Mandated;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device judges the mandate by itself, whatever the service has let through. */
class MandatedOrderTest {
  private static final Area BRANCH = new Area("branch-60");

  @TempDir private Path folder;
  private OneDevice one;
  private SigningIdentity master;

  @BeforeEach
  void start() {
    one =
        new OneDevice(
            folder,
            "load-48",
            new DriverSettings.Load(Power.kilowatts(40), false, Optional.empty()));
    master =
        one.site()
            .pki()
            .issue(
                Subject.device(TestPki.jid("branch-60"), List.of(BRANCH))
                    .with(Role.BRANCH_CONTROLLER, BRANCH));
  }

  @AfterEach
  void close() {
    one.close();
  }

  private Orders order(Verb verb) {
    return Orders.order(master, one.site().jid(), verb, one.now());
  }

  private Orders under(long revision, Verb verb, Verb... verbs) {
    SigningIdentity giver = one.site().operator();
    Mandate mandate = Mandated.to(giver, revision, 80, 0, one.now(), verbs);
    return order(verb).under(Mandated.sealed(mandate, giver));
  }

  @Test
  void underItsMandateAMasterIedIsHeeded() {
    assertThat(one.carryOut(under(1, Verb.RESTORE, Verb.RESTORE)))
        .isInstanceOf(Result.Executed.class);
  }

  @Test
  void withoutOneItIsNotAuthorised() {
    assertThat(OneDevice.reason(one.carryOut(order(Verb.RESTORE))))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anotherVerbIsNotAuthorised() {
    assertThat(OneDevice.reason(one.carryOut(under(1, Verb.SHED, Verb.RESTORE))))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aShedThatDoesNotSayHowMuchIsOutOfEnvelope() {
    assertThat(OneDevice.reason(one.carryOut(under(1, Verb.SHED, Verb.SHED))))
        .isEqualTo(Reason.OUT_OF_ENVELOPE);
  }

  @Test
  void oneThatIsOverIsStale() {
    Orders kept = under(1, Verb.RESTORE, Verb.RESTORE).executeBy(one.in(Duration.ofHours(2)));
    one.advance(Duration.ofHours(1));

    assertThat(OneDevice.reason(one.carryOut(kept))).isEqualTo(Reason.STALE);
  }

  @Test
  void anEarlierMandateIsSupersededAlsoAfterARestart() {
    Orders earlier = under(1, Verb.RESTORE, Verb.RESTORE);
    assertThat(one.carryOut(under(2, Verb.RESTORE, Verb.RESTORE)))
        .isInstanceOf(Result.Executed.class);
    one.restart();

    assertThat(OneDevice.reason(one.carryOut(earlier))).isEqualTo(Reason.SUPERSEDED);
  }
}
