// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What an order is to bring about. */
public sealed interface Act {
  /** One command does it. */
  record Give(Instruction instruction) implements Act {}

  /** {@code shed 500 kW from branch 60}: out of the candidates, until the goal is met. */
  record Reach(Goal goal) implements Act {}

  /**
   * {@code restore loads on branch 60 in 4 steps every 2 min}: not all at once.
   *
   * @param count how many steps; without it, {@code each} says
   * @param each how much comes back in a step at most; without it, {@code count} says
   */
  record Ramp(OptionalInt count, Optional<Power> each, Duration every) implements Act {}

  /** {@code open}, {@code close}: selects the point, shows it, and operates it when confirmed. */
  record Operate(Verb verb) implements Act {}

  /**
   * {@code select sw3}: the first half alone.
   *
   * @param then the verb that will follow; without it, the one that would change the position
   */
  record Reserve(Optional<Verb> then) implements Act {}

  /**
   * {@code configure gen-2 revision 5 gen-2.json}: replaces a device's settings.
   *
   * @param revision without it, the one after the newest in force
   */
  record Configure(OptionalLong revision, Settings settings) implements Act {}

  /**
   * {@code configure sw2 alarm high-loading at 85 %}: one alarm rule, and all else as it is.
   *
   * @param rule its name and what is to be different
   */
  record Amended(ObjectNode rule) implements Settings {
    public Amended {
      rule = rule.deepCopy();
    }

    @Override
    public ObjectNode rule() {
      return rule.deepCopy();
    }
  }

  /**
   * {@code configure load-48 prices plan.json}: what it does about prices, and all else as it is.
   *
   * @param plan where it is; empty for nothing
   */
  record Priced(Optional<InFile> plan) implements Settings {}

  /** {@code publish tariff home.json}: what energy costs, by the word of a tariff-publisher. */
  record Publish(Prices what, InFile file) implements Act {}

  /** What a file speaks of. */
  enum Prices {
    TARIFF,
    /** A series of prices, or an amendment of one. */
    SERIES
  }

  /** Where settings are. */
  sealed interface Settings {}

  /**
   * In a file.
   *
   * @param column where its name stands in the line
   */
  record InFile(String path, int column) implements Settings {}

  /** In the line itself. */
  record Said(ObjectNode values) implements Settings {
    public Said {
      values = values.deepCopy();
    }

    @Override
    public ObjectNode values() {
      return values.deepCopy();
    }
  }
}
