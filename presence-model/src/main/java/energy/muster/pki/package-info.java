// SPDX-License-Identifier: Apache-2.0
/**
 * A site's own certificate authority: issuing, revoking, and the files it keeps. What a certificate
 * means belongs to {@code energy.muster.identity}, whether it is believed to {@code
 * energy.muster.seal}.
 */
package energy.muster.pki;
