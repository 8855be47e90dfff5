// SPDX-License-Identifier: Apache-2.0
/**
 * How a goal is reached by asking candidates one after another, what must stay on whatever is asked
 * for, and who was shed how long. How an order travels belongs to dispatch.
 */
package energy.muster.service.goal;
