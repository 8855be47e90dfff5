// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.Journal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Takes each document once: the same again is answered as before. */
final class Papers {
  private final Map<Key, Pending> pending = new HashMap<>();
  private final Journal journal;
  private final Desk desk;

  private record Key(BareJid issuer, DocumentId id) {}

  private record Pending(Digest digest, CompletionStage<String> answer) {}

  Papers(Journal journal, Desk desk) {
    this.journal = journal;
    this.desk = desk;
  }

  /**
   * At the desk.
   *
   * @param decide at the desk; files the document and gives the JSON of the answer
   */
  CompletionStage<String> once(
      BareJid issuer, DocumentId id, Digest digest, Supplier<CompletionStage<String>> decide) {
    Key key = new Key(issuer, id);
    Pending known = pending.get(key);
    if (known != null) {
      require(known.digest(), digest, id);
      return known.answer();
    }
    CompletionStage<String> answer =
        journal
            .paper(issuer, id)
            .thenCompose(
                found ->
                    found.map(paper -> again(paper, digest, id)).orElseGet(() -> desk.ask(decide)));
    pending.put(key, new Pending(digest, answer));
    answer.whenComplete((done, failure) -> desk.put(() -> pending.remove(key)));
    return answer;
  }

  private static CompletionStage<String> again(
      AlarmPaper.Known paper, Digest digest, DocumentId id) {
    require(paper.digest(), digest, id);
    return CompletableFuture.completedFuture(paper.answer());
  }

  private static void require(Digest known, Digest digest, DocumentId id) {
    if (!known.equals(digest)) {
      throw new Refused(
          Reason.ID_CONFLICT, "the id " + id.brief() + " was used with other content");
    }
  }
}
