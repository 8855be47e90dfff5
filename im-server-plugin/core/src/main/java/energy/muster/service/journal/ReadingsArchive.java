// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be read back of meters. */
public interface ReadingsArchive {
  /**
   * How far a meter has told of itself.
   *
   * @param sequence of its last document
   * @param end of its last interval
   */
  record Told(long sequence, Instant end) {}

  /**
   * The last statement of a meter, and what came of comparing it.
   *
   * @param verdict in words, for people
   */
  record Statement(BareJid meter, Instant taken, boolean agrees, String verdict, Sealed sealed) {}

  /** Empty for a meter that has told nothing. */
  CompletionStage<Optional<Told>> told(BareJid meter);

  /** What a meter's document of this number said, if it was taken and is kept. */
  CompletionStage<Optional<Digest>> readings(BareJid meter, long sequence);

  /** What a person's correction of this id said, if it was taken and is kept. */
  CompletionStage<Optional<Digest>> correction(BareJid issuer, DocumentId id);

  /** A meter's documents with an interval of that time, by their sequence. */
  CompletionStage<List<ReadingsRecord>> readings(BareJid meter, Instant from, Instant until);

  /** Corrections of a meter's intervals of that time, in the order in which they were taken. */
  CompletionStage<List<CorrectionRecord>> corrections(BareJid meter, Instant from, Instant until);

  /** A meter's last statement. */
  CompletionStage<Optional<Statement>> statement(BareJid meter);
}
