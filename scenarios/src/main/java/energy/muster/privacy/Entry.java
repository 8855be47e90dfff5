// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One account in a race, and whether it is a hidden one or made up. */
record Entry(boolean hidden, String account) {
  /** Each round has as many of both, in a sequence that nobody can guess. */
  static List<Entry> mixed(List<String> hidden, List<String> madeUp, int rounds) {
    Random random = new Random(rounds);
    List<Entry> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<Entry> once = new ArrayList<>();
      hidden.forEach(account -> once.add(new Entry(true, account)));
      madeUp.forEach(account -> once.add(new Entry(false, account)));
      Collections.shuffle(once, random);
      all.addAll(once);
    }
    return all;
  }
}
