// SPDX-License-Identifier: Apache-2.0
/**
 * That each document of a meter counts once and in its order, and who may read and correct it. How
 * readings stand in the database is tested with the adapters.
 */
package energy.muster.service.metering;
