// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.refusal.Refused;
import energy.muster.service.Limits;
import energy.muster.service.ServiceConfig;
import energy.muster.service.Timing;
import energy.muster.service.goal.GoalRules;
import energy.muster.service.tariff.MarketRules;
import energy.muster.service.tariff.ProposalRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures an administrator may set as server properties, each a whole number; a value that is
 * none, or not above 0, is named in the log and the default stays.
 */
final class Tuning {
  static final String STANZAS_PER_SECOND = "muster.limit.stanzas-per-second";
  static final String STANZA_BURST = "muster.limit.stanza-burst";
  static final String DEVICES_PER_SIGNER = "muster.limit.devices-per-signer";
  static final String ORDERS_PER_ISSUER = "muster.limit.orders-per-issuer";
  static final String LEASE_SECONDS = "muster.lease-seconds";
  static final String GRACE_SECONDS = "muster.grace-seconds";
  static final String PROBE_SECONDS = "muster.probe-seconds";
  static final String FLAPS = "muster.flaps";
  static final String FLAP_WINDOW_SECONDS = "muster.flap-window-seconds";
  static final String STEADY_SECONDS = "muster.steady-seconds";
  static final String LEASE_REVIEW_SECONDS = "muster.lease-review-seconds";
  static final String RENEWALS_PER_SECOND = "muster.limit.renewals-per-second";
  static final String RETENTION_DAYS = "muster.retention-days";

  private static final Logger LOG = LoggerFactory.getLogger(Tuning.class);

  private static final String GOAL_PATIENCE_SECONDS = "muster.goal.patience.seconds";
  static final String FLOORS = "muster.floors";
  static final String PROPOSALS = "muster.price.proposals";
  static final String CHANGE_PERIOD_SECONDS = "muster.exchange.period-seconds";

  private final Function<String, String> properties;

  /** Reads properties by name; null where one is not set. */
  Tuning(Function<String, String> properties) {
    this.properties = properties;
  }

  ServiceConfig apply(ServiceConfig defaults) {
    Limits limits = defaults.limits();
    Timing timing = defaults.timing();
    return new ServiceConfig(
        defaults.site(),
        defaults.domain(),
        defaults.trust(),
        new Timing(
            timing.nonce(),
            seconds(LEASE_SECONDS, timing.lease()),
            seconds(GRACE_SECONDS, timing.grace()),
            seconds(PROBE_SECONDS, timing.probe()),
            timing.probes(),
            count(FLAPS, timing.flaps()),
            seconds(FLAP_WINDOW_SECONDS, timing.flapWindow()),
            seconds(STEADY_SECONDS, timing.steady()),
            timing.firstRetry(),
            timing.longestRetry(),
            timing.ahead(),
            timing.viewInterval(),
            seconds(LEASE_REVIEW_SECONDS, timing.leaseReview()),
            timing.registryInterval(),
            timing.runInterval(),
            Duration.ofDays(count(RETENTION_DAYS, Math.toIntExact(timing.retention().toDays()))),
            timing.pruneInterval(),
            timing.tick()),
        new Limits(
            count(STANZAS_PER_SECOND, limits.stanzasPerSecond()),
            count(STANZA_BURST, limits.stanzaBurst()),
            limits.heldPerDevice(),
            count(DEVICES_PER_SIGNER, limits.devicesPerSigner()),
            limits.signerWindow(),
            count(ORDERS_PER_ISSUER, limits.ordersPerIssuer()),
            limits.refusalsPerMinute(),
            limits.reportsInFlight(),
            limits.outcomesInFlight(),
            count(RENEWALS_PER_SECOND, limits.renewalsPerSecond())),
        new GoalRules(seconds(GOAL_PATIENCE_SECONDS, defaults.goals().patience()), floors()),
        new MarketRules(
            proposals(), seconds(CHANGE_PERIOD_SECONDS, defaults.market().changePeriod())),
        new FirmwareTuning(properties).apply(defaults.firmware()));
  }

  /** {@code northco/home above 0.80: shed 500 kW from branch-60}, several with a semicolon. */
  private List<ProposalRule> proposals() {
    String text = properties.apply(PROPOSALS);
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(";", -1)).map(Tuning::proposal).toList();
  }

  private static ProposalRule proposal(String text) {
    try {
      return ProposalRule.parse(text);
    } catch (IllegalArgumentException | Refused e) {
      throw new IllegalArgumentException(PROPOSALS + ": " + e.getMessage(), e);
    }
  }

  /** {@code branch-60=120, feeder-123=400}, in kW. What cannot be read protects nobody: refused. */
  private Map<Area, Power> floors() {
    String text = properties.apply(FLOORS);
    Map<Area, Power> floors = new HashMap<>();
    if (text == null || text.isBlank()) {
      return floors;
    }
    for (String floor : text.split(",", -1)) {
      String[] parts = floor.strip().split("=", -1);
      try {
        if (parts.length != 2) {
          throw new IllegalArgumentException("not AREA=KW");
        }
        floors.put(new Area(parts[0].strip()), new Power(new BigDecimal(parts[1].strip())));
      } catch (IllegalArgumentException | Refused e) {
        throw new IllegalArgumentException(
            FLOORS + " is written as branch-60=120, in kW; not '" + floor.strip() + "'", e);
      }
    }
    return floors;
  }

  private Duration seconds(String name, Duration otherwise) {
    return Duration.ofSeconds(count(name, Math.toIntExact(otherwise.toSeconds())));
  }

  private int count(String name, int otherwise) {
    String text = properties.apply(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one complaint.
    }
    LOG.warn("{} = '{}' is no whole number above 0; {} stays", name, text, otherwise);
    return otherwise;
  }
}
