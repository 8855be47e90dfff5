// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.identity.Area;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which devices are meant. */
public sealed interface Selection {
  /** In quotation marks where it would otherwise be read as something else. */
  private static String typed(String text) {
    return text.matches("[a-z0-9*][A-Za-z0-9*:@._-]*[A-Za-z0-9*]") && !SelectionReader.keyword(text)
        ? text
        : '"' + text + '"';
  }

  /** As it can be typed; read again, it means the same. */
  String words();

  /** {@code load-48, load-50a}: these, in this order. */
  record Named(List<Name> names) implements Selection {
    public Named {
      names = List.copyOf(names);
    }

    @Override
    public String words() {
      return names.stream().map(name -> typed(name.text())).collect(Collectors.joining(", "));
    }
  }

  /**
   * {@code loads on branch 60 that are on}: whoever all of this is true of when it is asked.
   *
   * @param except whoever is named here is not meant, whatever is true of them
   * @param column where it stands in the line
   */
  record Matching(
      Optional<DeviceKind> kind,
      Optional<Area> area,
      List<Condition> conditions,
      List<Name> except,
      int column)
      implements Selection {
    public Matching {
      conditions = List.copyOf(conditions);
      except = List.copyOf(except);
    }

    public boolean covers(Contact contact) {
      return (kind.isEmpty()
              || contact.presence().filter(said -> said.kind() == kind.get()).isPresent())
          && (area.isEmpty() || area.get().covers(contact.device(), contact.areas()))
          && conditions.stream().allMatch(condition -> condition.holds(contact))
          && except.stream().noneMatch(name -> names(name, contact));
    }

    private static boolean names(Name name, Contact contact) {
      return name.text().equals(contact.device().local())
          || name.text().equals(contact.device().toString());
    }

    /** What of it each device can judge again before it acts. */
    public Optional<Precondition> precondition() {
      return Preconditions.of(conditions);
    }

    @Override
    public String words() {
      StringBuilder text = new StringBuilder(kind.map(Matching::plural).orElse("devices"));
      area.ifPresent(name -> text.append(" on ").append(typed(name.name())));
      if (!conditions.isEmpty()) {
        text.append(" that are ")
            .append(conditions.stream().map(Condition::words).collect(Collectors.joining(" and ")));
      }
      if (!except.isEmpty()) {
        text.append(" except ").append(new Named(except).words());
      }
      return text.toString();
    }

    private static String plural(DeviceKind kind) {
      return kind == DeviceKind.BREAKER ? "switches" : kind.wire() + "s";
    }
  }
}
