// SPDX-License-Identifier: Apache-2.0
/**
 * What a device does by itself about the price of energy: when it relieves its owner or runs on its
 * own fuel, and which supplier it takes. How it is done, and what an operator orders, is not said
 * here.
 */
package energy.muster.response;
