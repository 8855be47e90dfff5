// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.seal.Trust;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.goal.GoalRules;
import energy.muster.service.tariff.MarketRules;
import java.util.Objects;

/**
 * What a service has to be told.
 *
 * @param site whose documents it takes
 * @param domain whose accounts it serves
 * @param trust whom it believes at the start
 */
public record ServiceConfig(
    String site,
    String domain,
    Trust trust,
    Timing timing,
    Limits limits,
    GoalRules goals,
    MarketRules market,
    FirmwareRules firmware) {

  public ServiceConfig {
    Objects.requireNonNull(site);
    Objects.requireNonNull(domain);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(timing);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(goals);
    Objects.requireNonNull(market);
    Objects.requireNonNull(firmware);
  }

  public ServiceConfig(
      String site, String domain, Trust trust, Timing timing, Limits limits, GoalRules goals) {
    this(
        site,
        domain,
        trust,
        timing,
        limits,
        goals,
        MarketRules.defaults(),
        FirmwareRules.defaults());
  }

  public ServiceConfig(String site, String domain, Trust trust, Timing timing, Limits limits) {
    this(site, domain, trust, timing, limits, GoalRules.defaults());
  }

  public static ServiceConfig of(String site, String domain, Trust trust) {
    return new ServiceConfig(site, domain, trust, Timing.defaults(), Limits.defaults());
  }
}
