// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.Certified;
import energy.muster.seal.Sealed;
import energy.muster.session.LookGrant;

/**
 * A grant to look, as it was signed.
 *
 * @param grantor who signed; when that certificate is revoked the grant ends
 */
public record LookRecord(LookGrant grant, Certified grantor, Sealed sealed) {}
