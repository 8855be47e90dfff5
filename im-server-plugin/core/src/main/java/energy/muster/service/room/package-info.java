// SPDX-License-Identifier: Apache-2.0
/**
 * A room per area, in which the people of that area talk and see what is ordered and answered
 * there. Nothing that is said in a room is ever read as an order.
 */
package energy.muster.service.room;
