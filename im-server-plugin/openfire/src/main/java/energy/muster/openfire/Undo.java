// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be taken back when the plugin stops, newest first. */
final class Undo {
  private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

  private final Deque<Edge.Step> steps = new ArrayDeque<>();

  void push(Edge.Step step) {
    steps.push(step);
  }

  /** Runs every step, also after one that failed: what is left registered outlives the plugin. */
  void run() {
    while (!steps.isEmpty()) {
      Edge.Step step = steps.pop();
      Edge.quietly("taking back a registration", step);
    }
    LOG.debug("Everything is taken back");
  }
}
