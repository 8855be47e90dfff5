// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.service.journal.Entry;
import java.time.Instant;
import java.util.Optional;

/** Appends for ever and prints what was acknowledged, until it is killed. */
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    TestDatabase database =
        new TestDatabase(TestDatabase.Engine.valueOf(arguments[0]), arguments[1]);
    database.install();
    Durability.ensure(database::open);
    JdbcJournal journal = new JdbcJournal(database::open);
    for (long n = 0; ; n++) {
      journal
          .append(new Entry.Noticed(Instant.EPOCH, "test", Optional.empty(), "notice " + n))
          .toCompletableFuture()
          .join();
      System.out.println(n);
      System.out.flush();
    }
  }
}
