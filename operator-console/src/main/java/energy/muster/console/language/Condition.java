// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.Restriction;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Something that is so of a device or not. Of a device that is gone nobody knows whether it is on:
 * what it last said does not count, in either direction.
 */
public sealed interface Condition {
  boolean holds(Contact contact);

  /** As people say it, for what was expected and did not come. */
  String words();

  /** {@code on}, {@code off}, {@code starting}, {@code stopping}. */
  record Runs(Operating operating) implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return contact.certainty().reachable()
          && contact.presence().filter(said -> said.operating() == operating).isPresent();
    }

    @Override
    public String words() {
      return operating.wire();
    }
  }

  /** {@code open}, {@code closed}. */
  record Stands(Position position) implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return contact.certainty().reachable()
          && contact.presence().flatMap(said -> said.position()).equals(Optional.of(position));
    }

    @Override
    public String words() {
      return position.wire();
    }
  }

  /** {@code available}: there, and nothing keeps it from what it can do. */
  record Available() implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return contact.certainty().reachable() && !new Restricted().holds(contact);
    }

    @Override
    public String words() {
      return "available";
    }
  }

  /** {@code unavailable}: nothing can be sent to it now. */
  record Unavailable() implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return !contact.certainty().reachable();
    }

    @Override
    public String words() {
      return "unavailable";
    }
  }

  /** {@code restricted}: there, but there is something it will not do. */
  record Restricted() implements Condition {
    @Override
    public boolean holds(Contact contact) {
      Optional<Restriction> restriction = contact.presence().flatMap(said -> said.restriction());
      return contact.certainty().reachable() && restriction.isPresent();
    }

    @Override
    public String words() {
      return "restricted";
    }
  }

  /** {@code faulty}: gone without a reason, or reporting a fault. */
  record Faulty() implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return contact.fault()
          || contact.presence().filter(said -> !said.faults().isEmpty()).isPresent();
    }

    @Override
    public String words() {
      return "faulty";
    }
  }

  /** {@code above 10 kW}, {@code fuel below 30 %}; does not hold where it is not measured. */
  record Compared(Quantity quantity, boolean above, BigDecimal value) implements Condition {
    public Compared {
      value = new Precondition.Bound(quantity, above, value).value();
    }

    /** As a device judges it. */
    Precondition.Bound bound() {
      return new Precondition.Bound(quantity, above, value);
    }

    @Override
    public boolean holds(Contact contact) {
      return contact.certainty().reachable()
          && contact.presence().filter(bound()::holds).isPresent();
    }

    @Override
    public String words() {
      return bound().words();
    }
  }

  /** {@code not on}. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Contact contact) {
      return !condition.holds(contact);
    }

    @Override
    public String words() {
      return "not " + condition.words();
    }
  }
}
