// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.branch.Entitlement.Given;
import energy.muster.command.Command;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What of an order's record is certain: its sealed documents, opened and checked against the order.
 *
 * @param command the order itself, if it is believed
 * @param digest of the order's signed bytes
 * @param mandate by which a master IED gave it, if it did
 * @param distrusted why a document of the record is not believed
 */
public record OrderProof(
    Optional<Command> command,
    Optional<Digest> digest,
    Optional<Given> mandate,
    List<Outcome> outcomes,
    List<WriteOff> writeOffs,
    List<Refusal> distrusted) {
  public OrderProof {
    outcomes = List.copyOf(outcomes);
    writeOffs = List.copyOf(writeOffs);
    distrusted = List.copyOf(distrusted);
  }
}
