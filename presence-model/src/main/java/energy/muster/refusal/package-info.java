// SPDX-License-Identifier: Apache-2.0
/**
 * Why something was not done: the one versioned list of refusal reasons, and a refusal as a value.
 * What was refused, and by whom it must be answered, belongs to the packages that refuse.
 */
package energy.muster.refusal;
