// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Openfire calls us: nothing that we throw may reach it, not even an Error. A session
 * listener that threw a NoSuchMethodError was seen to make every login of a server fail.
 */
final class Edge {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private Edge() {}

  interface Step {
    void run() throws Exception;
  }

  static void quietly(String what, Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.error("Failed at {}", what, e);
    }
  }
}
