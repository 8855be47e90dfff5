// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as HSQLDB writes them, some after the number of the session that wrote. */
class CommitLogTest {
  @TempDir private Path folder;
  private Path file;
  private CommitLog log;

  @BeforeEach
  void begin() throws IOException {
    file = folder.resolve("openfire.log");
    write("/*C2*/INSERT INTO X VALUES('a')\nCOMMIT\n");
    log = new CommitLog(file);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void eachCommitIsCountedOnce() throws IOException {
    assertThat(log.more()).hasValue(1);
    write("INSERT INTO X VALUES('b')\nINSERT INTO X VALUES('c')\n/*C3*/COMMIT\nCOMMIT\n");
    assertThat(log.more()).hasValue(2);
    assertThat(log.more()).hasValue(0);
  }

  @Test
  void aValueThatSpeaksOfCommitsIsNone() throws IOException {
    log.more();
    write("INSERT INTO X VALUES('COMMIT')\nINSERT INTO X VALUES('\\u000aCOMMIT\\u000a')\n");
    assertThat(log.more()).hasValue(0);
  }

  @Test
  void aLineThatIsNotWholeYetIsCountedLater() throws IOException {
    log.more();
    write("COM");
    assertThat(log.more()).hasValue(0);
    write("MIT\n");
    assertThat(log.more()).hasValue(1);
  }

  @Test
  void nothingIsSaidOfTheTimeInWhichTheDatabaseBeganANewLog() throws IOException {
    log.more();
    Files.writeString(file, "COMMIT\n");
    assertThat(log.more()).isEmpty();
    write("COMMIT\n");
    assertThat(log.more()).hasValue(1);
  }
}
