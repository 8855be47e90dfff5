// SPDX-License-Identifier: Apache-2.0
/**
 * What energy costs, as the site knows it: what was published, who has it, and what might be done
 * about a price. How it reaches devices is dispatch's business, and what it comes to in money is
 * reckoned elsewhere.
 */
package energy.muster.service.tariff;
