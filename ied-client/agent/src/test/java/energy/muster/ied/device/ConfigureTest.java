// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.LeaseTerm;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed settings over those of the installation. */
class ConfigureTest {
  private static final DriverSettings.Load LOAD =
      new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty());

  @TempDir Path folder;
  private OneDevice device;
  private SigningIdentity engineer;

  @BeforeEach
  void start() {
    device = new OneDevice(folder, "load-48", LOAD);
    engineer = device.site().pki().identity("eng-1", Role.ENGINEER, "*");
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Orders configure(long revision, ObjectNode settings) {
    return Orders.order(
        engineer, device.site().jid(), new Instruction.Configure(revision, settings), device.now());
  }

  private DevicePresence presence() {
    device.advance(Duration.ofSeconds(1));
    return device.site().link().presence().orElseThrow();
  }

  @Test
  void aRevisionIsAppliedAndShown() {
    Result result = device.carryOut(configure(4, Json.object().put("leaseSeconds", 30)));

    assertThat(result).isEqualTo(new Result.Executed("settings revision 4 is in force"));
    assertThat(presence().settings()).hasValue(4);
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anotherLeaseIsKeptUpFromThenOn() {
    assertThat(device.site().link().lease()).hasValue(TestSite.LEASE);

    device.carryOut(configure(4, Json.object().put("leaseSeconds", 10)));
    presence();

    assertThat(device.site().link().lease()).hasValue(Duration.ofSeconds(10));
  }

  @Test
  void theServiceMayAskForAnotherLeaseUntilAPersonSignsOne() {
    Payload answer =
        device.site().link().deliver(new LeaseTerm(Duration.ofSeconds(90)).payload()).join();

    assertThat(LeaseTerm.read(answer).lease()).isEqualTo(Duration.ofSeconds(90));
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(90));
    device.carryOut(configure(4, Json.object().put("leaseSeconds", 30)));
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aProbeIsAnsweredWithTheLeaseAndAQuestionWithPresence() {
    Payload lease = device.site().link().deliver(Payload.empty(Wire.LEASE)).join();
    Payload word = device.site().link().deliver(Payload.empty(Wire.DEVICE)).join();

    assertThat(LeaseTerm.read(lease).lease()).isEqualTo(TestSite.LEASE);
    assertThat(DevicePresence.read(Fields.of(word.requireJson())).operating())
        .isEqualTo(Operating.ON);
  }

  @ParameterizedTest
  @EnumSource(names = {"LEASE", "DEVICE"})
  void whatIsNotSignedIsTheServicesToAskAlone(Wire wire) {
    String stranger = "op-1@" + device.site().jid().domain() + "/x";

    assertThat(device.site().link().ask(stranger, Payload.empty(wire)))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"5, 20", "60, 60", "600, 300"})
  void aLeaseIsTakenWithinTheDevicesBounds(long asked, long taken) {
    Promises bounds =
        new Promises(
            Optional.empty(), Duration.ofSeconds(20), Duration.ofMinutes(5), Optional.empty());

    assertThat(bounds.within(Duration.ofSeconds(asked))).isEqualTo(Duration.ofSeconds(taken));
  }

  @Test
  void aRevisionSurvivesARestart() {
    device.carryOut(configure(4, Json.object().put("leaseSeconds", 30).put("note", "roof")));

    device.restart();

    assertThat(presence().settings()).hasValue(4);
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(device.site().link().announcements().get(0).status()).endsWith("; roof");
  }

  @Test
  void whatALaterRevisionDoesNotNameIsAsInstalledAgain() {
    device.carryOut(configure(4, Json.object().put("leaseSeconds", 30)));
    device.carryOut(configure(5, Json.object().put("note", "roof")));

    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void aRevisionThatDoesNotRiseIsSuperseded(long revision) {
    device.carryOut(configure(4, Json.object().put("leaseSeconds", 30)));

    Orders again = configure(revision, Json.object().put("leaseSeconds", 90));
    assertThat(OneDevice.reason(device.carryOut(again))).isEqualTo(Reason.SUPERSEDED);

    device.restart();
    assertThat(presence().settings()).hasValue(4);
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"colour, unknown field colour", "leaseSeconds, leaseSeconds", "note, note"})
  void aWrongSettingIsNamedAndNothingIsApplied(String name, String said) {
    ObjectNode settings = Json.object().put("leaseSeconds", 30).put(name, true);
    Result result = device.carryOut(configure(4, settings));

    assertThat(OneDevice.reason(result)).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(result.text()).contains(said);
    assertThat(presence().settings()).isEmpty();
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aLeaseOutOfBoundsIsNamed() {
    Result result = device.carryOut(configure(4, Json.object().put("leaseSeconds", 4)));

    assertThat(OneDevice.reason(result)).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(result.text()).contains("leaseSeconds is 5 to 86400");
  }

  @Test
  void verbsThatNeedTwoPersonsNeedThemFromThenOn() {
    ObjectNode settings = Json.object();
    settings.putArray("twoPersons").add("shed");
    device.carryOut(configure(4, settings));

    Orders alone = device.site().order(Verb.SHED);
    assertThat(OneDevice.reason(device.carryOut(alone))).isEqualTo(Reason.NOT_AUTHORISED);
    Orders both =
        device
            .site()
            .order(Verb.SHED)
            .signedBy(device.site().operator(), device.site().pki().operator("op-2", "*"));
    assertThat(device.carryOut(both))
        .isEqualTo(new Result.Executed("off", Optional.of(Power.kilowatts(20))));
  }

  private Orders twoPersons(long revision, String... verbs) {
    ObjectNode settings = Json.object();
    ArrayNode list = settings.putArray("twoPersons");
    Stream.of(verbs).forEach(list::add);
    return configure(revision, settings);
  }

  @Test
  void onePersonMayAskForMoreSignaturesAndOnlyTwoForFewer() {
    device.carryOut(twoPersons(4, "shed"));
    assertThat(device.carryOut(twoPersons(5, "shed", "restore")))
        .isInstanceOf(Result.Executed.class);

    Result alone = device.carryOut(twoPersons(6, "restore"));
    assertThat(OneDevice.reason(alone)).isEqualTo(Reason.NOT_AUTHORISED);
    assertThat(alone.text()).contains("two persons");
    assertThat(presence().settings()).hasValue(5);
  }

  @Test
  void leavingTheTwoPersonsOutIsNoWayAroundThem() {
    device.carryOut(twoPersons(4, "shed"));

    Orders without = configure(5, Json.object().put("leaseSeconds", 30));
    assertThat(OneDevice.reason(device.carryOut(without))).isEqualTo(Reason.NOT_AUTHORISED);
    Orders both =
        configure(6, Json.object().put("leaseSeconds", 30))
            .signedBy(engineer, device.site().pki().identity("eng-2", Role.ENGINEER, "*"));
    assertThat(device.carryOut(both)).isInstanceOf(Result.Executed.class);
    assertThat(device.carryOut(device.site().order(Verb.SHED))).isInstanceOf(Result.Executed.class);
  }

  @Test
  void aDriverIsConfiguredInWhateverStateItIs() {
    device.carryOut(device.site().order(Verb.SHED));
    ObjectNode settings = Json.object();
    settings.putObject("driver").put("critical", true);
    device.carryOut(configure(4, settings));

    assertThat(presence().operating()).isEqualTo(Operating.OFF);
    assertThat(OneDevice.reason(device.carryOut(device.site().order(Verb.SHED))))
        .isEqualTo(Reason.CRITICAL_PROCESS);
  }

  @Test
  void whatADriverCannotBeToldIsNamed() {
    ObjectNode settings = Json.object();
    settings.putObject("driver").put("kw", 40);
    Result result = device.carryOut(configure(4, settings));

    assertThat(OneDevice.reason(result)).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(result.text()).contains("driver.kw");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whereverTheDeviceIsKilledTheOutcomeSaysWhatIsInForce(int entries) {
    Orders order = configure(4, Json.object().put("leaseSeconds", 30));
    device.journal().dieAfter(entries);
    device.tryAsk(order.delivery());

    device.restart();
    device.ask(order.delivery());

    boolean inForce = presence().settings().isPresent();
    assertThat(device.result(order.id()) instanceof Result.Executed).isEqualTo(inForce);
    assertThat(presence().lease()).isEqualTo(Duration.ofSeconds(inForce ? 30 : 60));
  }

  @Test
  void withoutDiskSpaceNothingIsApplied() {
    Orders order = configure(4, Json.object().put("leaseSeconds", 30));
    device.journal().full(true);
    assertThat(device.refusal(order.delivery())).isEqualTo(Reason.NO_SPACE);
    assertThat(presence().settings()).isEmpty();

    device.journal().full(false);
    assertThat(device.carryOut(order)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void settingsLeaveTheEndOfAnOrderAlone() {
    device.carryOut(device.site().order(Verb.SHED).until(device.in(Duration.ofMinutes(5))));
    device.carryOut(configure(4, Json.object().put("leaseSeconds", 30)));

    device.advance(Duration.ofMinutes(5));

    assertThat(presence().operating()).isEqualTo(Operating.ON);
  }
}
