// SPDX-License-Identifier: Apache-2.0
/**
 * The mandates of master IEDs on their way from the people who give them, and what master IEDs
 * report. Whether an order keeps within its mandate is judged where orders are.
 */
package energy.muster.service.branch;
