// SPDX-License-Identifier: Apache-2.0
/**
 * From a submitted order to the signed outcome in its issuer's hands: checking, journaling,
 * delivering, retrying, concluding. What a device does with an order is its own business.
 */
package energy.muster.service.dispatch;
