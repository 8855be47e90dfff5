// SPDX-License-Identifier: Apache-2.0
/**
 * The things at the end of the wire: what they can do, what they refuse, how long they take, and
 * how they read back. Who may ask, and whether an order is to be believed, was decided before.
 */
package energy.muster.ied.driver;
