// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The qualities of many intervals, written once for neighbours that have the same. */
final class FlagRuns {
  private FlagRuns() {}

  static List<Set<Quality>> read(Fields fields, int size) {
    List<Set<Quality>> all = new ArrayList<>(Collections.nCopies(size, Set.of()));
    if (fields.has("quality")) {
      int free = 0;
      for (Fields run : fields.objects("quality")) {
        int first = free;
        free = run.all(known -> readRun(known, all, first));
      }
    }
    return all;
  }

  private static int readRun(Fields run, List<Set<Quality>> all, int free) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(run.values("flags", Quality::parse));
    long first = run.integer("first");
    long count = run.integer("count");
    if (flags.isEmpty() || first < free || count < 1 || count > all.size() - first) {
      throw new IllegalArgumentException(
          "a run has flags and lies after the one before, within " + all.size() + " intervals");
    }
    for (long i = first; i < first + count; i++) {
      all.set((int) i, flags);
    }
    return (int) (first + count);
  }

  static void write(ObjectNode object, List<Set<Quality>> quality) {
    if (quality.stream().allMatch(Set::isEmpty)) {
      return;
    }
    ArrayNode runs = object.putArray("quality");
    int first = 0;
    for (int i = 1; i <= quality.size(); i++) {
      if (i == quality.size() || !quality.get(i).equals(quality.get(first))) {
        if (!quality.get(first).isEmpty()) {
          ObjectNode run = runs.addObject();
          ArrayNode flags = run.putArray("flags");
          quality.get(first).forEach(flag -> flags.add(flag.wire()));
          run.put("first", first).put("count", i - first);
        }
        first = i;
      }
    }
  }
}
