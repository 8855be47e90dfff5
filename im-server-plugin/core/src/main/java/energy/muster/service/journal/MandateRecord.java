// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.branch.Mandate;
import energy.muster.seal.Sealed;

/** A mandate, as it was signed. */
public record MandateRecord(Mandate mandate, Sealed sealed) {}
