// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.link.Link;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks the service again after a pause that grows, as long as the session of the first try. */
final class Tries {
  private static final long LONGEST_SECONDS = 32;

  private final Incoming incoming;
  private final Link link;
  private final long proof;
  private final long pauseSeconds;

  Tries(Incoming incoming, Link link) {
    this(incoming, link, incoming.proofs(), 1);
  }

  private Tries(Incoming incoming, Link link, long proof, long pauseSeconds) {
    this.incoming = incoming;
    this.link = link;
    this.proof = proof;
    this.pauseSeconds = pauseSeconds;
  }

  Link link() {
    return link;
  }

  /** Once more, if this went wrong for a reason that passes. */
  void again(Throwable problem, Consumer<Tries> ask) {
    if (LookUps.passes(problem)) {
      again(ask);
    }
  }

  /** Once more; a later session begins anew by itself. */
  void again(Consumer<Tries> ask) {
    Executor pause = CompletableFuture.delayedExecutor(pauseSeconds, TimeUnit.SECONDS);
    Tries next = new Tries(incoming, link, proof, Math.min(2 * pauseSeconds, LONGEST_SECONDS));
    pause.execute(
        () -> {
          if (incoming.proven() && incoming.proofs() == proof) {
            ask.accept(next);
          }
        });
  }
}
