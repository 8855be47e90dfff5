// SPDX-License-Identifier: Apache-2.0
package energy.muster.collection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collections that let the oldest go when there are too many. For use by one thread at a time. */
public final class Newest {
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 16;
    private static final float LOAD = 0.75f;

    private final int most;

    Bounded(int most, boolean byUse) {
      super(CAPACITY, LOAD, byUse);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  private Newest() {}

  /** Lets go what was put in first. */
  public static <K, V> Map<K, V> map(int most) {
    return new Bounded<>(most, false);
  }

  /** Lets go what was not put in or asked for the longest. */
  public static <K, V> Map<K, V> usedMap(int most) {
    return new Bounded<>(most, true);
  }

  /** Lets go what was added first. */
  public static <T> Set<T> set(int most) {
    return Collections.newSetFromMap(map(most));
  }
}
