// SPDX-License-Identifier: Apache-2.0
package energy.muster.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for what must not be in a content. */
@FunctionalInterface
public interface Scanner {
  /** A site without one. */
  Scanner NONE = content -> new Verdict.Unavailable("no scanner is set up");

  /** Something to look through. */
  interface Content {
    long size() throws IOException;

    InputStream open() throws IOException;

    static Content of(Path file) {
      return new Content() {
        @Override
        public long size() throws IOException {
          return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
          return Files.newInputStream(file);
        }
      };
    }

    static Content of(byte[] bytes) {
      byte[] own = bytes.clone();
      return new Content() {
        @Override
        public long size() {
          return own.length;
        }

        @Override
        public InputStream open() {
          return new ByteArrayInputStream(own);
        }
      };
    }
  }

  /** What it has found. */
  sealed interface Verdict {
    /** Nothing. */
    record Clean() implements Verdict {}

    /** Something, by the scanner's name for it. */
    record Found(String what) implements Verdict {}

    /** It could not look. */
    record Unavailable(String why) implements Verdict {}
  }

  /** Looks through it, which may take minutes; never throws. */
  Verdict scan(Content content);
}
