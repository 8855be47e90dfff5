// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Takes each document once: the same again is answered as before. What was decided of one that the
 * disk did not take stands, and is filed when it comes again.
 */
final class Papers {
  private static final int MOST_UNFILED = 1_000;

  private final Map<Key, Pending> pending = new HashMap<>();
  private final Map<Key, Decided> unfiled =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Decided> eldest) {
          return size() > MOST_UNFILED;
        }
      };
  private final AlarmBook book;
  private final Journal journal;
  private final Desk desk;

  private record Key(BareJid issuer, DocumentId id) {}

  private record Pending(Digest digest, CompletionStage<String> answer) {}

  /**
   * What becomes of a document.
   *
   * @param alarms what has changed by it
   * @param follows at the desk, each time that the disk was asked to take it
   */
  record Decided(List<OpenAlarm> alarms, AlarmPaper paper, Runnable follows) {}

  Papers(AlarmBook book, Journal journal, Desk desk) {
    this.book = book;
    this.journal = journal;
    this.desk = desk;
  }

  /**
   * At the desk.
   *
   * @param decide at the desk
   * @return the JSON of the answer
   */
  CompletionStage<String> once(
      BareJid issuer, DocumentId id, Digest digest, Supplier<Decided> decide) {
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
                    found
                        .map(paper -> again(paper, digest, id))
                        .orElseGet(() -> desk.ask(() -> file(key, digest, decide))));
    pending.put(key, new Pending(digest, answer));
    answer.whenComplete((done, failure) -> desk.put(() -> pending.remove(key)));
    return answer;
  }

  private CompletionStage<String> file(Key key, Digest digest, Supplier<Decided> decide) {
    Optional<Decided> known = Optional.ofNullable(unfiled.get(key));
    known.ifPresent(decided -> require(decided.paper().digest(), digest, key.id()));
    Decided decided = known.orElseGet(decide);
    unfiled.put(key, decided);
    return book.write(decided.alarms(), new Entry.AlarmFiled(decided.paper()))
        .handle((done, failure) -> Optional.ofNullable(failure))
        .thenCompose(failure -> desk.ask(() -> filed(key, decided, failure)));
  }

  /** What follows does so also while the disk takes nothing: people are looked for all the same. */
  private CompletionStage<String> filed(Key key, Decided decided, Optional<Throwable> failure) {
    decided.follows().run();
    if (failure.isPresent()) {
      return CompletableFuture.failedFuture(Failures.cause(failure.get()));
    }
    unfiled.remove(key);
    return CompletableFuture.completedFuture(decided.paper().answer());
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
