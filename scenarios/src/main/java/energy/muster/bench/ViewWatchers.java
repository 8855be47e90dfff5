// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.presence.Show;
import energy.muster.stage.Access;
import energy.muster.stage.Cable;
import energy.muster.stage.SiteFolder;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/** Operators with a view of everything, as consoles open it. */
final class ViewWatchers implements Watchers {
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

  private final SiteFolder folder;
  private final List<BareJid> people;
  private final List<Link> links = new ArrayList<>();

  ViewWatchers(SiteFolder folder, List<BareJid> people) {
    this.folder = folder;
    this.people = people;
  }

  @Override
  public void look(Cable line, LongConsumer seen) throws IOException, InterruptedException {
    for (BareJid person : people) {
      Screen screen = new Screen(seen);
      Link link =
          Links.open(
              folder.link(
                  person,
                  folder.identity(person),
                  Access.tcp(line.port()),
                  LinkConfig.ANSWER_WITHIN),
              screen);
      links.add(link);
      link.announce(new Announcement(Show.AVAILABLE, "watching", Optional.empty()));
      PATIENCE.await(screen.proven, "the proof of " + person);
      PATIENCE.await(
          link.set(Payload.of(Wire.VIEW, Json.object().put("id", "v1"))), "the view of " + person);
    }
  }

  private static final class Screen implements LinkListener {
    private final LongConsumer seen;
    private final CompletableFuture<Void> proven = new CompletableFuture<>();

    Screen(LongConsumer seen) {
      this.seen = seen;
    }

    @Override
    public void told(Payload message) {
      if (message.wire() == Wire.CHANGES) {
        ObjectNode news = message.requireLargeJson();
        news.path("changes").forEach(this::note);
        news.path("entries").forEach(this::note);
      }
    }

    private void note(JsonNode device) {
      JsonNode revision = device.path("presence").path("rev");
      if (revision.isNumber()) {
        seen.accept(revision.asLong());
      }
    }

    @Override
    public CompletionStage<Payload> asked(String from, Payload question) {
      return CompletableFuture.completedFuture(Payload.empty(question.wire()));
    }

    @Override
    public void changed(LinkState state) {
      if (state == LinkState.PROVEN) {
        proven.complete(null);
      }
    }
  }

  @Override
  public void close() {
    links.forEach(Link::close);
  }
}
