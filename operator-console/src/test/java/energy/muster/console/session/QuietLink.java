// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkState;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A link of op-1 that is always proven, and over which nothing is asked. */
abstract class QuietLink implements Link {
  @Override
  public BareJid account() {
    return TestPki.jid("op-1");
  }

  @Override
  public LinkState state() {
    return LinkState.PROVEN;
  }

  @Override
  public CompletableFuture<Payload> get(Payload question) {
    throw new AssertionError("nothing is asked");
  }

  @Override
  public CompletableFuture<Payload> set(Payload submission) {
    throw new AssertionError("nothing is asked");
  }

  @Override
  public void announce(Announcement announcement) {}

  @Override
  public void goodbye(String reason, Optional<Instant> nextContact) {}

  @Override
  public void close() {}
}
