// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.link.LinkException;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LookUpsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final Unhurried service = new Unhurried();
  private final LookUps lookUps = new LookUps(CompletableFuture.completedFuture(service));
  private final AtomicBoolean wanted = new AtomicBoolean(true);

  /** A service that answers when the test says so. */
  private static final class Unhurried extends QuietLink {
    private final List<CompletableFuture<Payload>> asked = new ArrayList<>();

    @Override
    public CompletableFuture<Payload> get(Payload question) {
      asked.add(new CompletableFuture<>());
      return asked.get(asked.size() - 1);
    }
  }

  private List<CompletableFuture<OrderRecord>> find(int count) {
    return IntStream.range(0, count)
        .mapToObj(any -> lookUps.find(DocumentId.next(NOON), wanted))
        .toList();
  }

  @Test
  void aFewAreAskedForAtATimeAndTheNextWhenOneIsAnswered() {
    find(20);
    assertThat(service.asked).hasSize(LookUps.AT_ONCE);

    service.asked.get(0).completeExceptionally(new IllegalStateException("unreadable"));

    assertThat(service.asked).hasSize(LookUps.AT_ONCE + 1);
  }

  @Test
  void withoutALinkNoFurtherOneIsAskedFor() {
    List<CompletableFuture<OrderRecord>> found = find(20);

    List.copyOf(service.asked)
        .forEach(each -> each.completeExceptionally(new LinkException("cut")));

    assertThat(service.asked).hasSize(LookUps.AT_ONCE);
    assertThat(found).allMatch(CompletableFuture::isCompletedExceptionally);
  }
}
