// SPDX-License-Identifier: Apache-2.0
/** What people are told of orders when they ask. What becomes of an order is decided elsewhere. */
package energy.muster.service.orders;
