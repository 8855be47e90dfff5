// SPDX-License-Identifier: Apache-2.0
/**
 * What devices say of whose energy they take. What suppliers ask, and how a device chooses among
 * them, is not said here.
 */
package energy.muster.service.supplier;
