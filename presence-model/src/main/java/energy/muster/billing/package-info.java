// SPDX-License-Identifier: Apache-2.0
/**
 * What somebody owes for the energy of a period: bills in which every line says by which tariff and
 * for which intervals it is, and what they would have been with another supplier. Device and
 * service reckon with this same code; nothing here is collected, paid or kept.
 */
package energy.muster.billing;
