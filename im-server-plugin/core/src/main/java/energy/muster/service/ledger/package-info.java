// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of every device: its last word, how sure one may be of it, and when its silence is
 * a fault. Who is shown it is decided elsewhere.
 */
package energy.muster.service.ledger;
