// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.command.Verb;
import java.time.Instant;

/** What a device carried out last goes back by itself then. */
public record Reversal(Verb verb, Instant at) {}
