// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.exchange.Destination;
import energy.muster.identity.BareJid;

/** How far an account that keeps a copy of a class of data has come, by its own word. */
public record Position(BareJid account, Destination destination) {}
