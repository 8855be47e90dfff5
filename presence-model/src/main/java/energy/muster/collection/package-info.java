// SPDX-License-Identifier: Apache-2.0

/** Collections that stay small. */
package energy.muster.collection;
