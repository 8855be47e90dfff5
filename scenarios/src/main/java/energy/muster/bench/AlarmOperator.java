// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.presence.Show;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.Trust;
import energy.muster.stage.Access;
import energy.muster.stage.SiteFolder;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * A console and its person: what is offered counts when its seal holds, and most of it is taken on
 * by their signed word.
 */
final class AlarmOperator implements LinkListener {
  private static final int MOST_AT_ONCE = 200;

  private final SiteFolder folder;
  private final BareJid person;
  private final IntSupplier port;
  private final Trust trust;
  private final Predicate<AlarmEntry> takesOn;
  private final Screens screens;
  private final Queue<DocumentId> toTakeOn = new ArrayDeque<>();
  private volatile CompletableFuture<Void> proven = new CompletableFuture<>();
  private volatile Optional<Link> link = Optional.empty();

  /**
   * @param port the server's, asked for when somebody comes
   * @param takesOn which alarms this person acknowledges
   */
  AlarmOperator(
      SiteFolder folder,
      BareJid person,
      IntSupplier port,
      Trust trust,
      Predicate<AlarmEntry> takesOn,
      Screens screens) {
    this.folder = folder;
    this.person = person;
    this.port = port;
    this.trust = trust;
    this.takesOn = takesOn;
    this.screens = screens;
  }

  CompletableFuture<Void> come() throws IOException {
    proven = new CompletableFuture<>();
    Link opened =
        Links.open(
            folder.link(
                person,
                folder.identity(person),
                Access.tcp(port.getAsInt()),
                LinkConfig.ANSWER_WITHIN),
            this);
    link = Optional.of(opened);
    show(Show.AVAILABLE);
    return proven;
  }

  /** When its session has proven itself the next time. */
  CompletableFuture<Void> provenAgain() {
    proven = new CompletableFuture<>();
    return proven;
  }

  String name() {
    return person.local();
  }

  /** On duty or not, by the presence of any client. */
  void show(Show show) {
    link.ifPresent(there -> there.announce(new Announcement(show, "here", Optional.empty())));
  }

  void leave() {
    link.ifPresent(Link::close);
    link = Optional.empty();
    synchronized (toTakeOn) {
      // What lay on the desk is somebody else's now.
      toTakeOn.clear();
    }
  }

  boolean isThere() {
    return link.isPresent();
  }

  Link link() {
    return link.orElseThrow();
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    if (question.wire() == Wire.ALARM) {
      ObjectNode shown = question.requireJson();
      AlarmEntry entry = AlarmEntry.read(Fields.of(shown).object("alarm"));
      Instant since = entry.since();
      if (question.sealed().isPresent()) {
        since = Alarm.read(trust.open(question.sealed().get(), Instant.now()).content()).since();
      }
      screens.show(entry.number(), since);
      if (takesOn.test(entry)) {
        synchronized (toTakeOn) {
          toTakeOn.add(entry.occurrence());
        }
      }
    }
    return CompletableFuture.completedFuture(Payload.empty(question.wire()));
  }

  /** Takes on what lies on the desk. */
  void work() {
    List<DocumentId> some = new ArrayList<>();
    synchronized (toTakeOn) {
      while (some.size() < MOST_AT_ONCE && !toTakeOn.isEmpty()) {
        DocumentId next = toTakeOn.remove();
        if (!some.contains(next)) {
          some.add(next);
        }
      }
    }
    // Whoever leaves meanwhile takes the link away, and what was to be done comes to others again.
    Optional<Link> there = link;
    if (some.isEmpty() || there.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    AlarmAct act =
        AlarmAct.of(
            new Header(DocumentType.ALARM_ACT, folder.site(), DocumentId.next(now), person, now),
            some,
            AlarmAct.Kind.ACKNOWLEDGE);
    Sealed sealed = Sealer.seal(act.write(), now, folder.identity(person));
    // Somebody else may have taken one on before, and the answer says so.
    var unused = there.get().set(Payload.of(Wire.ACT, sealed));
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == LinkState.PROVEN) {
      proven.complete(null);
    }
  }
}
