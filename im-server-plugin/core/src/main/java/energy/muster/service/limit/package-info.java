// SPDX-License-Identifier: Apache-2.0
/**
 * How much one sender may do, and the record of what was refused. What is refused for other reasons
 * is decided elsewhere.
 */
package energy.muster.service.limit;
