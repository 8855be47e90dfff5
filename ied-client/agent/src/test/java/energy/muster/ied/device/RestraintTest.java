// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asked a device not to do holds until they, or the role it names, lift it. */
class RestraintTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final DriverSettings.Load LOAD =
      new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty());

  @TempDir Path folder;
  private OneDevice device;

  @BeforeEach
  void start() {
    device = new OneDevice(folder, "load-48", LOAD);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Orders restrict() {
    return device
        .site()
        .order(new Instruction.Restrict(RestrictionReason.MAINTENANCE, "new contacts"));
  }

  private Result release(SigningIdentity person) {
    return device.carryOut(Orders.order(person, device.site().jid(), Verb.RELEASE, device.now()));
  }

  private DevicePresence presence() {
    device.advance(Duration.ofSeconds(1));
    return device.site().link().presence().orElseThrow();
  }

  private SigningIdentity engineer() {
    return device.site().pki().identity("eng-1", Role.ENGINEER, "*");
  }

  @Test
  void presenceSaysWhySinceWhomUntilWhenAndWhatIsStillTaken() {
    device.carryOut(restrict().until(device.in(AN_HOUR)));

    Restriction restriction = presence().restriction().orElseThrow();
    assertThat(restriction.reason()).isEqualTo(RestrictionReason.MAINTENANCE);
    assertThat(restriction.note()).isEqualTo("new contacts");
    assertThat(restriction.by()).contains(TestPki.jid("op-1"));
    assertThat(restriction.until()).isPresent();
    assertThat(restriction.allows()).contains(Verb.READ, Verb.RELEASE).doesNotContain(Verb.SHED);
  }

  @Test
  void otherOrdersAreRefusedWithItsReasonAndWhoSetIt() {
    device.carryOut(restrict());

    Result shed = device.carryOut(device.site().order(Verb.SHED));

    assertThat(OneDevice.reason(shed)).isEqualTo(Reason.LOCAL_CONTROL);
    assertThat(shed.text()).isEqualTo("maintenance: new contacts (set by op-1)");
  }

  @Test
  void anotherOperatorDoesNotLiftIt() {
    device.carryOut(restrict());

    Result refused = release(device.site().pki().operator("op-2", "*"));

    assertThat(OneDevice.reason(refused)).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(presence().restriction()).isPresent();
  }

  @Test
  void anotherOperatorDoesNotReplaceIt() {
    device.carryOut(restrict());

    Result refused =
        device.carryOut(
            Orders.order(
                device.site().pki().operator("op-2", "*"),
                device.site().jid(),
                new Instruction.Restrict(RestrictionReason.INSTRUCTED, "mine"),
                device.now()));

    assertThat(OneDevice.reason(refused)).isEqualTo(Reason.LOCAL_CONTROL);
  }

  @Test
  void whoSetItLiftsIt() {
    device.carryOut(restrict());

    assertThat(device.carryOut(device.site().order(Verb.RELEASE)))
        .isEqualTo(new Result.Executed("released"));
    assertThat(presence().restriction()).isEmpty();
  }

  @Test
  void anEngineerWhoIsNoOperatorLiftsIt() {
    device.carryOut(restrict());

    assertThat(release(engineer())).isEqualTo(new Result.Executed("released"));
  }

  @Test
  void signedSettingsNameAnotherRoleThatLiftsIt() {
    device.carryOut(
        Orders.order(
            engineer(),
            device.site().jid(),
            new Instruction.Configure(4, Json.object().put("releasedBy", "security-admin")),
            device.now()));
    device.carryOut(restrict());

    assertThat(OneDevice.reason(release(engineer()))).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(release(device.site().pki().identity("sec-1", Role.SECURITY_ADMIN, "*")))
        .isEqualTo(new Result.Executed("released"));
  }

  @Test
  void aRoleThatReleasesNothingIsNoSetting() {
    Result refused =
        device.carryOut(
            Orders.order(
                engineer(),
                device.site().jid(),
                new Instruction.Configure(4, Json.object().put("releasedBy", "auditor")),
                device.now()));

    assertThat(OneDevice.reason(refused)).isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void itOutlivesTheProcess() {
    device.carryOut(restrict().until(device.in(AN_HOUR)));

    device.restart();

    assertThat(presence().restriction().flatMap(Restriction::by)).contains(TestPki.jid("op-1"));
    assertThat(OneDevice.reason(device.carryOut(device.site().order(Verb.SHED))))
        .isEqualTo(Reason.LOCAL_CONTROL);
  }

  @Test
  void whenItsTimeIsUpTheDeviceLiftsItAndSaysSo() {
    device.carryOut(restrict().until(device.in(AN_HOUR)));

    device.advance(AN_HOUR);

    assertThat(presence().restriction()).isEmpty();
    assertThat(device.site().events().lines()).containsOnlyOnce("undone restrict");
    assertThat(device.site().link().announcements())
        .last()
        .satisfies(last -> assertThat(last.status()).contains("; maintenance ended at "));
    assertThat(device.carryOut(device.site().order(Verb.SHED))).isInstanceOf(Result.Executed.class);
  }

  @Test
  void anEndThatCameWhileTheDeviceWasDownIsKeptAtItsStart() {
    device.carryOut(restrict().until(device.in(AN_HOUR)));
    device.journal().dieAfter(0);
    device.site().time().set(device.in(AN_HOUR.multipliedBy(2)));

    device.restart();

    assertThat(presence().restriction()).isEmpty();
    assertThat(device.site().events().lines()).contains("undone restrict");
  }
}
