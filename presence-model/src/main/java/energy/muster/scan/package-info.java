// SPDX-License-Identifier: Apache-2.0
/**
 * Has somebody else's program look for what must not be in a file: what it is asked, what it says,
 * and what a site has decided for when it is not there. What follows from it is decided elsewhere.
 */
package energy.muster.scan;
