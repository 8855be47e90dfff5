// SPDX-License-Identifier: Apache-2.0
/**
 * What a master IED may do on its branch, as a person has signed it, and what it reports of what it
 * did. The sum of a branch is presence; the orders themselves are commands like any other.
 */
package energy.muster.branch;
