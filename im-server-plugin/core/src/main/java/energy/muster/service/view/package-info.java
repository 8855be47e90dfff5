// SPDX-License-Identifier: Apache-2.0
/**
 * Who sees which devices: subscriptions of proven persons and grants to look. What there is to see
 * comes from the ledger.
 */
package energy.muster.service.view;
