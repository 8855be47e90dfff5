// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Leaf;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.price.Intention;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order that a device gives to itself, so that what it does of its own accord is written down,
 * carried out and told like anything else.
 */
final class OwnAct {
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private OwnAct() {}

  /** Signs it, and takes it as anybody's would be taken. */
  static Admission of(Intention intention, SigningIdentity identity, Site site, Instant now) {
    Leaf leaf = Leaf.salted(identity.certified().jid(), 0, Optional.empty());
    CommandDraft draft =
        new CommandDraft(
                new Header(
                    DocumentType.COMMAND,
                    site.name(),
                    DocumentId.next(now),
                    identity.certified().jid(),
                    now),
                intention.instruction(),
                TargetTree.of(List.of(leaf)).targets(),
                now.plus(WITHIN))
            .reason(clipped(intention.reason()));
    Command command = (intention.info().isEmpty() ? draft : draft.info(intention.info())).command();
    Sealed sealed = Sealer.seal(command.write(), now, identity);
    Opened opened = site.trust().trust().open(sealed, now);
    return new Admission(command, opened.soleSigner(), opened, sealed, leaf);
  }

  private static String clipped(String reason) {
    return reason.length() <= Command.MAX_REASON
        ? reason
        : reason.substring(0, Command.MAX_REASON - 1) + "…";
  }
}
