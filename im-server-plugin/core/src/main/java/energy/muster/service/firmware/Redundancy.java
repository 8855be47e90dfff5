// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.Rollout;
import energy.muster.identity.BareJid;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Whether a device must stay in service because others that stand in for it are away. */
public final class Redundancy {
  /** Why a device that has begun is without service. */
  public static final String UPGRADED = "is being upgraded";

  private final Rollout rollout;
  private final WaveControl.Field field;
  private final Predicate<BareJid> begun;

  /**
   * For one upgrade.
   *
   * @param begun whether a device has begun because of it
   */
  public Redundancy(Rollout rollout, WaveControl.Field field, Predicate<BareJid> begun) {
    this.rollout = rollout;
    this.field = field;
    this.begun = begun;
  }

  /** Why this device must stay, as in {@code sw2 of branch-60 is being upgraded}. */
  public Optional<String> holds(BareJid device) {
    for (RedundancyGroup group : field.groups(device)) {
      SortedMap<BareJid, String> away = away(group, device);
      if (away.size() >= Math.min(rollout.away(), group.most())) {
        return Optional.of(words(group, away));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether it must stay for others that are away, and not because the upgrade itself is at work.
   */
  public boolean stalls(BareJid device) {
    return holds(device).isPresent() && !awaitsOwn(device);
  }

  private boolean awaitsOwn(BareJid device) {
    return field.groups(device).stream()
        .flatMap(group -> group.members().stream())
        .anyMatch(member -> !member.equals(device) && begun.test(member));
  }

  private SortedMap<BareJid, String> away(RedundancyGroup group, BareJid device) {
    SortedMap<BareJid, String> away = new TreeMap<>();
    for (BareJid member : group.members()) {
      if (!member.equals(device)) {
        (begun.test(member) ? Optional.of(UPGRADED) : field.away(member))
            .ifPresent(why -> away.put(member, why));
      }
    }
    return away;
  }

  private static String words(RedundancyGroup group, SortedMap<BareJid, String> away) {
    BareJid first = away.firstKey();
    return away.size() == 1
        ? first.local() + " of " + group.name() + " " + away.get(first)
        : "%s and %d more of %s are without service"
            .formatted(first.local(), away.size() - 1, group.name());
  }
}
