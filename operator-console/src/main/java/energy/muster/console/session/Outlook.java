// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Line;
import energy.muster.console.language.Selection;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkException;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Scope;
import energy.muster.refusal.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the console is about: all that its person may see, or a part that was asked for. */
final class Outlook {
  private final Mirror mirror;
  private final Incoming incoming;
  private final Setup setup;
  private final Consumer<Event> events;

  Outlook(Mirror mirror, Incoming incoming, Setup setup, Consumer<Event> events) {
    this.mirror = mirror;
    this.incoming = incoming;
    this.setup = setup;
    this.events = events;
  }

  LineResult view(Line.View line) throws InterruptedException {
    if (line.about().isPresent()) {
      become(scope(line.about().get()));
    }
    int count = mirror.all().size();
    events.accept(
        new Event.Said(
            setup.clock().instant(),
            "the view is of "
                + words(incoming.scope())
                + ": "
                + count
                + (count == 1 ? " device" : " devices")));
    return new LineResult.Done(true);
  }

  private void become(Scope scope) throws InterruptedException {
    try {
      incoming.narrow(scope).get(setup.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new LinkException("the view opens when the service is back", e.getCause());
    } catch (TimeoutException e) {
      throw new LinkException("the view opens when the service is back");
    }
  }

  private Scope scope(Selection about) {
    if (about instanceof Selection.Named named) {
      return new Scope(
          Set.of(),
          Set.of(),
          named.names().stream().map(mirror::address).collect(Collectors.toSet()));
    }
    Selection.Matching matching = (Selection.Matching) about;
    return new Scope(asSet(matching.area()), asSet(matching.kind()), Set.of());
  }

  private static <T> Set<T> asSet(Optional<T> value) {
    return value.map(Set::of).orElse(Set.of());
  }

  static String words(Scope scope) {
    if (scope.equals(Scope.ALL)) {
      return "everything";
    }
    List<String> parts = new ArrayList<>();
    scope.kinds().stream().map(DeviceKind::wire).sorted().forEach(parts::add);
    scope.areas().stream().map(Area::name).sorted().forEach(parts::add);
    scope.devices().stream().map(BareJid::local).sorted().forEach(parts::add);
    return String.join(", ", parts);
  }
}
