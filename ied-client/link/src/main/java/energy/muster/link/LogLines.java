// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log for the whole story of a link, so that a person greps one name. */
final class LogLines {
  static final Logger LINK = LoggerFactory.getLogger(Link.class);

  private LogLines() {}

  /** A task of a link threw what nobody planned; its later tasks run all the same. */
  static void failed(Throwable fault) {
    LINK.error("a task of a link failed", fault);
  }
}
