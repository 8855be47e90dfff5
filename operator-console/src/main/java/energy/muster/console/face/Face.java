// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Event;

/** Shows events; told from several threads, and never throws. */
public interface Face {
  void show(Event event);

  /** A line is about to run, where a face keeps a transcript. */
  default void echo(String prompt, String line) {}

  /** A line has run. */
  default void ended(String line, boolean ok) {}
}
