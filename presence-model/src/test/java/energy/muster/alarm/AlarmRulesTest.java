// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Trigger.Level;
import energy.muster.alarm.Trigger.Side;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmRulesTest {
  private static final String LEVEL =
      "{'name':'hot','quantity':'temperature','above':90,'deadband':5,'priority':'high'}";

  private static AlarmRules read(String... rules) {
    ObjectNode list =
        Json.parse("{'alarms':[%s]}".formatted(String.join(",", rules)).replace('\'', '"'));
    return Fields.readAll(list, fields -> AlarmRules.read(fields.objects("alarms")));
  }

  private static AlarmRules written(AlarmRules rules) {
    ObjectNode list = Json.object();
    list.set("alarms", rules.write());
    return Fields.readAll(list, fields -> AlarmRules.read(fields.objects("alarms")));
  }

  @ParameterizedTest
  @EnumSource(DeviceKind.class)
  void theDefaultsOfEveryKindAreReadAsTheyAreWritten(DeviceKind kind) {
    assertThat(written(AlarmRules.defaultsFor(kind))).isEqualTo(AlarmRules.defaultsFor(kind));
  }

  @Test
  void theGoldenSettingsAreReadAsTheyAreWritten() {
    ObjectNode settings =
        (ObjectNode) GoldenFile.tree("command-configure-alarms").at("/args/settings");
    AlarmRules rules = AlarmRules.read(Fields.of(settings).objects("alarms"));

    assertThat(rules.write()).hasToString(settings.get("alarms").toString());
  }

  @ParameterizedTest
  @CsvSource({"high-loading, 80", "trip-imminent, 95"})
  void aBreakerWarnsOfItsLoading(String rule, BigDecimal limit) {
    assertThat(
            AlarmRules.defaultsFor(DeviceKind.BREAKER)
                .named(new RuleName(rule))
                .orElseThrow()
                .trigger())
        .isInstanceOfSatisfying(
            Level.class,
            level -> {
              assertThat(level.quantity()).isEqualTo(Quantity.LOAD);
              assertThat(level.side()).isEqualTo(Side.ABOVE);
              assertThat(level.limit()).isEqualByComparingTo(limit);
            });
  }

  @ParameterizedTest
  @EnumSource(DeviceKind.class)
  void everyKindHasALastGasp(DeviceKind kind) {
    assertThat(AlarmRules.defaultsFor(kind).named(new RuleName("outage"))).isPresent();
  }

  @Test
  void aNameStandsOnce() {
    assertThatThrownBy(() -> read(LEVEL, LEVEL)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'x','quantity':'load','above':90,'below':10,'deadband':5,'priority':'high'}",
        "{'name':'x','quantity':'load','above':90,'deadband':-1,'priority':'high'}",
        "{'name':'x','quantity':'load','above':90,'priority':'high'}",
        "{'name':'x','quantity':'load','above':1001,'deadband':5,'priority':'high'}",
        "{'name':'x','quantity':'load','deadband':5,'priority':'high'}",
        "{'name':'x','quantity':'pressure','above':90,'deadband':5,'priority':'high'}",
        "{'name':'x','quantity':'load','above':90,'deadband':5,'event':'tamper','priority':'high'}",
        "{'name':'x','quantity':'load','risesPerMinute':0,'overSeconds':60,'priority':'high'}",
        "{'name':'x','quantity':'load','risesPerMinute':5,'overSeconds':4,'priority':'high'}",
        "{'name':'x','quantity':'load','risesPerMinute':5,'priority':'high'}",
        "{'name':'x','event':'earthquake','priority':'high'}",
        "{'name':'x','event':'tamper','priority':'urgent'}",
        "{'name':'x','event':'tamper'}",
        "{'name':'Not A Token','event':'tamper','priority':'low'}",
        "{'name':'x','event':'tamper','onDelaySeconds':86401,'priority':'low'}",
        "{'name':'x','event':'tamper','offDelaySeconds':-1,'priority':'low'}"
      })
  void aRuleThatIsNoRuleIsRefused(String rule) {
    assertThatThrownBy(() -> read(rule)).isInstanceOf(Refused.class);
  }

  private static AlarmRules changed(String... changes) {
    ObjectNode list =
        Json.parse("{'changes':[%s]}".formatted(String.join(",", changes)).replace('\'', '"'));
    return Fields.readAll(list, fields -> read(LEVEL).with(fields.objects("changes")));
  }

  @Test
  void aChangeLeavesWhatItDoesNotName() {
    assertThat(changed("{'name':'hot','limit':85,'unit':'Cel','latching':true}"))
        .isEqualTo(
            read(
                "{'name':'hot','quantity':'temperature','above':85,'deadband':5,'latching':true,"
                    + "'priority':'high'}"));
  }

  @Test
  void aRuleThatIsNotThereIsAddedWhole() {
    assertThat(changed("{'name':'new','event':'tamper','priority':'low'}").all()).hasSize(2);
    assertThatThrownBy(() -> changed("{'name':'new','limit':85}")).isInstanceOf(Refused.class);
  }

  @Test
  void aRuleThatIsOffIsGone() {
    assertThat(changed("{'name':'hot','off':true}").all()).isEmpty();
    assertThatThrownBy(() -> changed("{'name':'new','off':true}")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'hot','limit':85,'unit':'%'}",
        "{'name':'hot','limit':9999}",
        "{'name':'hot','overSeconds':60}",
        "{'name':'hot','siren':true}",
        "{'name':'hot','priority':'urgent'}"
      })
  void aChangeThatMakesNoRuleIsRefused(String change) {
    assertThatThrownBy(() -> changed(change)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"90, false, true", "89, false, false", "86, true, true", "85, true, true"})
  void anAlarmBeginsAtItsLimitAndHoldsWithinTheDeadband(
      BigDecimal value, boolean active, boolean met) {
    Level level = (Level) read(LEVEL).all().get(0).trigger();

    assertThat(level.met(value, active)).isEqualTo(met);
  }

  @Test
  void itIsOverBeyondTheDeadband() {
    Level level = (Level) read(LEVEL).all().get(0).trigger();

    assertThat(level.met(new BigDecimal("84.9"), true)).isFalse();
  }
}
