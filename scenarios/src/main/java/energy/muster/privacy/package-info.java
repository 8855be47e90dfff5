// SPDX-License-Identifier: Apache-2.0
/**
 * Two companies on one server, and all that one can send to learn whom the other has there: what
 * comes back, and how long it takes. A story checks the first, a bench scores the second.
 */
package energy.muster.privacy;
