// SPDX-License-Identifier: Apache-2.0
/**
 * The arithmetic of reliability against figures worked out by hand and by another way. That the
 * records are right is tested with the ledger.
 */
package energy.muster.service.reliability;
