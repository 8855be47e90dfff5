// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A program that writes intents and outcomes until it is killed, and says a line only after the
 * entry is synced: {@code boot N}, then {@code acts ID} and {@code sends ID} in turn.
 */
final class JournalVictim {
  static final BareJid DEVICE = TestPki.jid("load-48");
  static final BareJid ISSUER = TestPki.jid("op-1");

  private JournalVictim() {}

  static Intent intent(DocumentId id) {
    byte[] sealed = new byte[1500];
    sealed[0] = 1;
    return new Intent(
        new CommandKey(ISSUER, id),
        Digest.of(sealed),
        new Sealed(sealed),
        "{}",
        "{}",
        Instant.parse("2026-06-02T00:00:00Z"));
  }

  public static void main(String[] arguments) {
    SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]));
    say("boot " + journal.boot());
    for (long i = 0; i < Long.MAX_VALUE; i++) {
      Intent intent = intent(DocumentId.next(Instant.EPOCH));
      journal.intend(DEVICE, intent).join();
      say("acts " + intent.key().id());
      journal.conclude(DEVICE, intent, intent.sealed(), "{\"last\":" + i + "}").join();
      say("sends " + intent.key().id());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
