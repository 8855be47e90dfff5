// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.identity.Certified;
import java.time.Instant;

/**
 * One signature that held.
 *
 * @param claimedAt when the signer says it signed: for people to read, never to judge by
 */
public record Signature(Certified signer, Instant claimedAt) {}
