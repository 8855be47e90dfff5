// SPDX-License-Identifier: Apache-2.0
/**
 * Who is who: XMPP addresses, roles, areas of responsibility, and what a certificate says of its
 * holder. Whether a certificate is to be believed belongs to {@code energy.muster.seal}.
 */
package energy.muster.identity;
