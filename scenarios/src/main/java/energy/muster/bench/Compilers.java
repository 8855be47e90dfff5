// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the compilers of this JVM and of all that it has started have worked, by the JVMs' own
 * counters. While they work they take a core from what is measured.
 */
final class Compilers {
  private static final String COUNTER = "java.ci.totalTime=";
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private Compilers() {}

  static Duration worked() throws IOException, InterruptedException {
    List<Long> programs =
        Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
            .filter(ProcessHandle::isAlive)
            .map(ProcessHandle::pid)
            .toList();
    long nanos = 0;
    for (long program : programs) {
      nanos += counted(program);
    }
    return Duration.ofNanos(nanos);
  }

  private static long counted(long program) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(JCMD.toString(), Long.toString(program), "PerfCounter.print")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return said.lines()
        .filter(line -> line.startsWith(COUNTER))
        .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length())))
        .findFirst()
        .orElseThrow(
            () -> new IOException("process " + program + " tells no compile time: " + said));
  }
}
