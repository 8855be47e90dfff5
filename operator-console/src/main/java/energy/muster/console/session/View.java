// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import energy.muster.presence.ViewContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows one view: its first list and then changes numbered without a gap, over cuts, from the
 * revision that is here. Answers and messages come on different threads, so a change may be here
 * before the list it changes.
 */
final class View {
  /** More that come before the list are not kept: it is opened again from the list. */
  static final int MOST_EARLY = 1_000;

  private final Monitor monitor;
  private final Mirror mirror;
  private final ViewContents contents = new ViewContents();
  private final TreeMap<Long, ObjectNode> early = new TreeMap<>();
  private Scope scope = Scope.ALL;
  private String epoch = "";
  private long number = 1;
  private long revision;
  private long attempt;
  private boolean opening = true;

  View(Monitor monitor, Mirror mirror) {
    this.monitor = monitor;
    this.mirror = mirror;
  }

  /** A device as it is now, and as it was shown before. */
  record Change(Optional<Contact> before, Contact after) {}

  /**
   * What a message did to the mirror.
   *
   * @param gap one before it got lost: the view must be opened again
   */
  record Taken(boolean gap, List<Change> changes) {
    private static final Taken NOTHING = new Taken(false, List.of());
    private static final Taken GAP = new Taken(true, List.of());
  }

  /** A request to open it; an answer to an older one no longer counts. */
  record Opening(long attempt, ObjectNode request) {}

  Scope scope() {
    return monitor.read(() -> scope);
  }

  /** Whether what is here is what the service shows. */
  boolean isOpen() {
    return monitor.read(() -> !opening);
  }

  /** Whether this is the newest request, and has no answer that was taken. */
  boolean waitsFor(Opening asked) {
    return monitor.read(() -> opening && asked.attempt() == attempt);
  }

  /** To open it now, from what is here if anything is. */
  Opening open() {
    return monitor.update(
        () -> {
          opening = true;
          early.clear();
          ObjectNode request = Json.object().put("id", id());
          if (!scope.equals(Scope.ALL)) {
            request.set("only", scope.write());
          }
          if (revision > 0) {
            request.putObject("since").put("epoch", epoch).put("rev", revision);
          }
          return new Opening(++attempt, request);
        });
  }

  /** Becomes a view of something else; the request that closes the one it was. */
  ObjectNode become(Scope other) {
    return monitor.update(
        () -> {
          ObjectNode closing = Json.object().put("id", id());
          number++;
          scope = other;
          revision = 0;
          opening = true;
          return closing;
        });
  }

  private String id() {
    return "v" + number;
  }

  /** Takes the answer, and the changes that overtook it. */
  Taken begin(Opening asked, ObjectNode answer) {
    return monitor.update(
        () -> {
          if (asked.attempt() != attempt) {
            return Taken.NOTHING;
          }
          Fields fields = Fields.of(answer);
          List<Change> changes = new ArrayList<>();
          boolean resumed = fields.has("since") && fields.integer("since") == revision;
          epoch = fields.text("epoch");
          revision = fields.integer("rev");
          opening = false;
          if (resumed) {
            apply(answer, changes);
          } else {
            contents.clear();
            mirror.replace(contents.take(answer).contacts());
          }
          for (Map.Entry<Long, ObjectNode> next : early.entrySet()) {
            Taken taken = number(next.getKey(), next.getValue());
            if (taken.gap()) {
              return new Taken(true, changes);
            }
            changes.addAll(taken.changes());
          }
          early.clear();
          return new Taken(false, changes);
        });
  }

  /** Takes a message of changes. */
  Taken change(ObjectNode message) {
    return monitor.update(
        () -> {
          Fields fields = Fields.of(message);
          if (!fields.text("id").equals(id())) {
            return Taken.NOTHING;
          }
          long next = fields.integer("rev");
          if (opening) {
            if (early.size() == MOST_EARLY) {
              early.clear();
            }
            // The newest stays, so that the gap before it is noticed.
            early.put(next, message);
            return Taken.NOTHING;
          }
          return number(next, message);
        });
  }

  /** One that is not newer comes late, from a stream that was cut. */
  private Taken number(long next, ObjectNode message) {
    if (next <= revision) {
      return Taken.NOTHING;
    }
    if (next > revision + 1) {
      return Taken.GAP;
    }
    revision = next;
    List<Change> changes = new ArrayList<>();
    apply(message, changes);
    return new Taken(false, changes);
  }

  private void apply(ObjectNode message, List<Change> changes) {
    ViewContents.News news = contents.take(message);
    news.contacts().forEach(contact -> changes.add(new Change(mirror.put(contact), contact)));
    news.gone().forEach(mirror::remove);
  }
}
