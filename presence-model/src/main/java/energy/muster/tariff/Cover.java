// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Looks place by place whether exactly one of several is there, and where not, refuses the first
 * stretch of places with the same fault, named.
 */
final class Cover<T> {
  static final int NONE = -1;

  private final List<T> all;
  private final Function<T, String> name;
  private final IntFunction<String> place;
  private final boolean lastIncluded;

  private String fault = "";
  private int faultFrom;
  private int faultEnd;
  private boolean over;

  /**
   * @param lastIncluded whether a stretch is named by its last place, as days are, or by the one
   *     after it, as times are
   */
  Cover(List<T> all, Function<T, String> name, IntFunction<String> place, boolean lastIncluded) {
    this.all = all;
    this.name = name;
    this.place = place;
    this.lastIncluded = lastIncluded;
  }

  /** Which of them is there; {@link #NONE} where there is none or another too. */
  int only(int at, Predicate<T> there) {
    int found = NONE;
    for (int i = 0; i < all.size(); i++) {
      if (there.test(all.get(i))) {
        if (found != NONE) {
          note(at, name.apply(all.get(found)) + " and " + name.apply(all.get(i)) + " overlap");
          return NONE;
        }
        found = i;
      }
    }
    note(at, found == NONE ? "nothing" : "");
    return found;
  }

  private void note(int at, String what) {
    if (over) {
      return;
    }
    if (!fault.isEmpty() && !fault.equals(what)) {
      over = true;
      faultEnd = at;
    } else if (fault.isEmpty() && !what.isEmpty()) {
      fault = what;
      faultFrom = at;
    }
  }

  /** Refuses what was found. */
  void end(String where, int places) {
    if (fault.isEmpty()) {
      return;
    }
    int end = over ? faultEnd : places;
    String from = place.apply(faultFrom);
    String to = place.apply(lastIncluded ? end - 1 : end);
    throw new IllegalArgumentException(
        from.equals(to) && lastIncluded
            ? "%s: %s on %s".formatted(where, fault, from)
            : "%s: %s from %s to %s".formatted(where, fault, from, to));
  }
}
