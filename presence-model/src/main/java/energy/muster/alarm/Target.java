// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a step of a policy is addressed to. Of these people only those are meant whose certificates
 * let them acknowledge the alarm.
 */
public sealed interface Target {
  Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** As a policy has it, such as {@code duty:plant-3}. */
  String wire();

  /** One person. */
  record One(BareJid person) implements Target {
    public One {
      Objects.requireNonNull(person);
    }

    @Override
    public String wire() {
      return "person:" + person;
    }
  }

  /** A group that the policy itself lists. */
  record Group(String name) implements Target {
    public Group {
      requireName(name);
    }

    @Override
    public String wire() {
      return "group:" + name;
    }
  }

  /** Whoever the roster has on duty then; no name means every team. */
  record Team(Optional<String> name) implements Target {
    private static final String EVERY = "*";

    public Team {
      name.ifPresent(Target::requireName);
    }

    @Override
    public String wire() {
      return "duty:" + name.orElse(EVERY);
    }
  }

  /** Everybody who has the role for the device. */
  record Holders(Role role) implements Target {
    public Holders {
      if (!AlarmAct.Kind.ACKNOWLEDGE.roles().contains(role)) {
        throw new IllegalArgumentException("no " + role + " acknowledges an alarm");
      }
    }

    @Override
    public String wire() {
      return "role:" + role.wire();
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a group or team: 1 to 63 of a-z, 0-9 and hyphen");
    }
  }

  static Target parse(String wire) {
    int colon = wire.indexOf(':');
    String rest = wire.substring(colon + 1);
    return switch (colon < 0 ? "" : wire.substring(0, colon)) {
      case "person" -> new One(BareJid.parse(rest));
      case "group" -> new Group(rest);
      case "duty" -> new Team(rest.equals(Team.EVERY) ? Optional.empty() : Optional.of(rest));
      case "role" ->
          new Holders(
              Role.ofWire(rest)
                  .orElseThrow(() -> new IllegalArgumentException("there is no role " + rest)));
      default ->
          throw new IllegalArgumentException(
              "'" + wire + "' is nobody: expected person:, group:, duty: or role:");
    };
  }
}
