// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.stage.Cable;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Operators who look at every device, on one line whose bytes are counted. */
interface Watchers extends AutoCloseable {
  /**
   * Logs them all in and returns when each has begun to look.
   *
   * @param seen hears the revision of every change that one of them is told
   */
  void look(Cable line, LongConsumer seen) throws IOException, InterruptedException;

  @Override
  void close();
}
