// SPDX-License-Identifier: Apache-2.0
package energy.muster.document;

import java.util.Locale;

/** The kinds of sealed document. A document of one type never passes for another. */
public enum DocumentType {
  SESSION,
  COMMAND,
  OUTCOME,
  LOOK_GRANT,
  WRITE_OFF,
  WARNING,
  WARNING_REPORT,
  MANDATE,
  BRANCH_REPORT,
  ALARM,
  DUTY_ROSTER,
  ALARM_ACT,
  ALARM_POLICY,
  TARIFF,
  PRICE_SERIES,
  PRICE_AMENDMENT,
  METER_READINGS,
  COST_STATEMENT,
  READINGS_CORRECTION,
  SUPPLIER_CHANGE,
  FIRMWARE_MANIFEST,
  FIRMWARE_RELEASES,
  FIRMWARE_REPORT,
  CAMPAIGN_ACT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
