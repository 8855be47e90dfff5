// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.identity.Area;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import java.util.List;
import java.util.Optional;

/** Which devices are meant. */
public sealed interface Selection {
  /** {@code load-48, load-50a}: these, in this order. */
  record Named(List<Name> names) implements Selection {
    public Named {
      names = List.copyOf(names);
    }
  }

  /**
   * {@code loads on branch 60 that are on}: whoever all of this is true of when it is asked.
   *
   * @param column where it stands in the line
   */
  record Matching(
      Optional<DeviceKind> kind, Optional<Area> area, List<Condition> conditions, int column)
      implements Selection {
    public Matching {
      conditions = List.copyOf(conditions);
    }

    public boolean covers(Contact contact) {
      return (kind.isEmpty()
              || contact.presence().filter(said -> said.kind() == kind.get()).isPresent())
          && (area.isEmpty() || area.get().covers(contact.device(), contact.areas()))
          && conditions.stream().allMatch(condition -> condition.holds(contact));
    }
  }
}
