// SPDX-License-Identifier: Apache-2.0
/** When prices are dear, and who has what was published. */
package energy.muster.service.tariff;
