// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.seal.Trust;
import java.util.Objects;

/**
 * What a service has to be told.
 *
 * @param site whose documents it takes
 * @param domain whose accounts it serves
 * @param trust whom it believes at the start
 */
public record ServiceConfig(String site, String domain, Trust trust, Timing timing, Limits limits) {

  public ServiceConfig {
    Objects.requireNonNull(site);
    Objects.requireNonNull(domain);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(timing);
    Objects.requireNonNull(limits);
  }

  public static ServiceConfig of(String site, String domain, Trust trust) {
    return new ServiceConfig(site, domain, trust, Timing.defaults(), Limits.defaults());
  }
}
