// SPDX-License-Identifier: Apache-2.0
/**
 * Open streams, who has proven which key on them, and whom the site believes. What a proven session
 * may then do is decided elsewhere.
 */
package energy.muster.service.session;
