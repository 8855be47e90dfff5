// SPDX-License-Identifier: Apache-2.0
package energy.muster.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.alarm.AlarmReport;
import energy.muster.billing.CostStatement;
import energy.muster.branch.BranchReport;
import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.duty.DutyRoster;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.MeterReadings;
import energy.muster.metering.ReadingsCorrection;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.WriteOff;
import energy.muster.presence.Colleague;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.response.SupplierChange;
import energy.muster.session.LookGrant;
import energy.muster.session.SessionProof;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each golden document is read and written back to the same bytes, and no field of it may be
 * missing or doubled.
 */
class GoldenDocumentTest {
  private static final Set<String> UNSIGNED =
      Set.of("presence", "contact", "colleague", "entry", "figures");

  static Stream<String> all() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(GoldenFile.class.getResource("/golden/document")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList();
      return names.stream();
    }
  }

  static Stream<String> signed() throws IOException, URISyntaxException {
    return all().filter(name -> !UNSIGNED.contains(kind(name)));
  }

  private static String kind(String name) {
    return name.replaceAll("-.*", "");
  }

  private static byte[] roundTrip(String name, byte[] json) {
    UnaryOperator<byte[]> codec =
        switch (kind(name)) {
          case "command" -> bytes -> Command.read(bytes).write();
          case "outcome" -> bytes -> Outcome.read(bytes).write();
          case "session" -> bytes -> SessionProof.read(bytes).write();
          case "write" -> bytes -> WriteOff.read(bytes).write();
          case "look" -> bytes -> LookGrant.read(bytes).write();
          case "warning" -> bytes -> Warning.read(bytes).write();
          case "alarm" -> bytes -> Alarm.read(bytes).write();
          case "act" -> bytes -> AlarmAct.read(bytes).write();
          case "policy" -> bytes -> AlarmPolicy.read(bytes).write();
          case "entry" ->
              bytes -> Json.bytes(AlarmEntry.read(Fields.of(Json.parse(bytes))).write());
          case "figures" ->
              bytes -> Json.bytes(AlarmReport.read(Fields.of(Json.parse(bytes))).write());
          case "mandate" -> bytes -> Mandate.read(bytes).write();
          case "duty" -> bytes -> DutyRoster.read(bytes).write();
          case "branch" -> bytes -> BranchReport.read(bytes).write();
          case "tariff" -> bytes -> Tariff.read(bytes).write();
          case "prices" -> bytes -> PriceSeries.read(bytes).write();
          case "amendment" -> bytes -> PriceAmendment.read(bytes).write();
          case "cost" -> bytes -> CostStatement.read(bytes).write();
          case "correction" -> bytes -> ReadingsCorrection.read(bytes).write();
          case "readings" -> bytes -> MeterReadings.read(bytes).write();
          case "supplier" -> bytes -> SupplierChange.read(bytes).write();
          case "report" -> bytes -> WarningReport.read(bytes).write();
          case "manifest" -> bytes -> Manifest.read(bytes).write();
          case "releases" -> bytes -> Releases.read(bytes).write();
          case "firmware" -> bytes -> FirmwareReport.read(bytes).write();
          case "campaign" -> bytes -> CampaignAct.read(bytes).write();
          case "presence" ->
              bytes -> Json.bytes(DevicePresence.read(Fields.of(Json.parse(bytes))).write());
          case "contact" -> bytes -> Json.bytes(Contact.read(Fields.of(Json.parse(bytes))).write());
          case "colleague" ->
              bytes -> Json.bytes(Colleague.read(Fields.of(Json.parse(bytes))).write());
          default -> throw new IllegalArgumentException(name);
        };
    return codec.apply(json);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isReadAndWrittenBackUnchanged(String name) {
    byte[] golden = GoldenFile.compact(name);

    assertThat(new String(roundTrip(name, golden), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, java.nio.charset.StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("signed")
  void anUnknownFieldInASignedDocumentIsRefused(String name) {
    ObjectNode tree = GoldenFile.tree(name).put("surprise", true);

    assertRefused(name, Json.bytes(tree), Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("signed")
  void everyCommonFieldIsRequired(String name) {
    for (String field : List.of("type", "v", "site", "id", "issuer", "issuedAt")) {
      ObjectNode tree = GoldenFile.tree(name);
      tree.remove(field);

      assertRefused(name, Json.bytes(tree), Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("signed")
  void trailingDataIsRefused(String name) {
    byte[] golden = GoldenFile.compact(name);
    byte[] longer = java.util.Arrays.copyOf(golden, golden.length + 2);
    longer[golden.length] = '{';
    longer[golden.length + 1] = '}';

    assertRefused(name, longer, Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("signed")
  void aDocumentOfAnotherTypeIsRefused(String name) {
    assertRefused(name, Json.bytes(GoldenFile.tree(name).put("type", "recipe")), Reason.MALFORMED);
  }

  private static void assertRefused(String name, byte[] json, Reason reason) {
    assertThatThrownBy(() -> roundTrip(name, json))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
