// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.Submission;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal on an empty database with the schema of today, and an order to put into it. */
abstract class JournalOnDatabase {
  static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  static final Sealed SEALED = new Sealed(new byte[] {1, 2, 3});

  @TempDir Path folder;

  final Command command = Command.read(GoldenFile.compact("command-shed"));
  final Instant at = command.header().issuedAt();

  private final Engine engine;
  private TestDatabase database;
  private JdbcJournal journal;

  JournalOnDatabase(Engine engine) {
    this.engine = engine.assumed();
  }

  @BeforeEach
  void open() throws Exception {
    database = engine.create(folder.resolve("own"));
    database.install();
    Durability.ensure(database::open);
    journal = new JdbcJournal(database::open);
  }

  @AfterEach
  void close() throws Exception {
    journal.stop();
    database.shutDown();
  }

  Engine engine() {
    return engine;
  }

  TestDatabase database() {
    return database;
  }

  JdbcJournal journal() {
    return journal;
  }

  Order order() {
    return order(command);
  }

  Order order(Command what) {
    Leaf leaf = Leaf.salted(LOAD, 0, Optional.empty());
    return new Order(
        new Submission(what, Digest.of(what.write()), SEALED, what.header().issuedAt()),
        List.of(new Delivery(0, leaf, DeliveryState.SENT, what.header().issuedAt(), "")));
  }

  /** One of a plain verb, issued so much later. */
  Command like(Verb verb, int seconds, Optional<Instant> until, String reason) {
    Header first = command.header();
    Instant issued = at.plusSeconds(seconds);
    CommandDraft draft =
        new CommandDraft(
                new Header(
                    first.type(), first.site(), DocumentId.next(issued), first.issuer(), issued),
                Instruction.plain(verb),
                command.targets(),
                issued.plusSeconds(60))
            .reason(reason);
    until.ifPresent(draft::until);
    return draft.command();
  }

  Recovered recovered() {
    return done(journal.recover(at));
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
