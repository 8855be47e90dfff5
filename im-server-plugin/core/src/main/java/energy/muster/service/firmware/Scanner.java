// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import java.nio.file.Path;

/** Looks for what must not be in an image. */
@FunctionalInterface
public interface Scanner {
  /** A site without one. */
  Scanner NONE = image -> new Verdict.Unavailable("no scanner is set up");

  /** What it has found. */
  sealed interface Verdict {
    /** Nothing. */
    record Clean() implements Verdict {}

    /** Something, by the scanner's name for it. */
    record Found(String what) implements Verdict {}

    /** It could not look. */
    record Unavailable(String why) implements Verdict {}
  }

  /** Looks through a file, which may take minutes; never throws. */
  Verdict scan(Path image);
}
