// SPDX-License-Identifier: Apache-2.0
/**
 * What energy costs: tariffs and price series as their publishers sign them, and which of them
 * holds at a moment. What somebody has used, and what they owe for it, belongs to metering and
 * billing.
 */
package energy.muster.tariff;
