// SPDX-License-Identifier: Apache-2.0
/**
 * What changed, class by class of data and period by period, for whoever keeps a copy elsewhere:
 * numbered so that none is missed. What the records mean belongs to the packages that write them.
 */
package energy.muster.exchange;
