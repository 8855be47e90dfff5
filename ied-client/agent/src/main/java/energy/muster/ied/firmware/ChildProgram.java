// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.FirmwareVersion;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs an image as a process of its own, {@code image self-test} or {@code image boot}: it must end
 * in time with status 0 and print one line, {@code {"product": …, "version": …, "ok": true}}.
 */
public final class ChildProgram implements Program {
  private static final int MOST_OUTPUT = 4 * 1024;

  /** Together a second, in which a child has long let go of what it does not need. */
  private static final int TRIES = 40;

  private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(25);

  private final Duration within;

  /**
   * @param within how long it may take
   */
  public ChildProgram(Duration within) {
    this.within = within;
  }

  @Override
  public Optional<String> run(Path image, Task task, Firmware expected) {
    try {
      Process child = start(image, task);
      try {
        return judge(child, task, expected);
      } finally {
        child.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.of(task.word() + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(task.word() + " was interrupted");
    }
  }

  private static Process start(Path image, Task task) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(image.toAbsolutePath().toString(), task.word())
            .directory(image.toAbsolutePath().getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    for (int left = TRIES; ; left--) {
      try {
        Process child = builder.start();
        child.getOutputStream().close();
        return child;
      } catch (IOException e) {
        // A child that another thread is starting just now may hold the file open for a moment.
        if (left == 1 || !String.valueOf(e.getMessage()).contains("Text file busy")) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN);
      }
    }
  }

  private Optional<String> judge(Process child, Task task, Firmware expected)
      throws InterruptedException {
    CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(child));
    if (!child.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.of(task.word() + " took longer than " + within.toSeconds() + " s");
    }
    if (child.exitValue() != 0) {
      return Optional.of(task.word() + " ended with status " + child.exitValue());
    }
    try {
      return judge(said.get(within.toMillis(), TimeUnit.MILLISECONDS), task, expected);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of(task.word() + " said nothing that could be read");
    }
  }

  private static String read(Process child) {
    try (InputStream out = child.getInputStream()) {
      return new String(out.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<String> judge(String said, Task task, Firmware expected) {
    try {
      return Fields.of(Json.parse(said.strip()))
          .some(
              fields -> {
                String product = fields.text("product");
                FirmwareVersion version = fields.value("version", FirmwareVersion::parse);
                if (!fields.flag("ok")) {
                  return Optional.of(task.word() + ": it is not well");
                }
                return product.equals(expected.product()) && version.equals(expected.version())
                    ? Optional.<String>empty()
                    : Optional.of(
                        "%s: it says that it is %s %s, not %s %s"
                            .formatted(
                                task.word(),
                                product,
                                version,
                                expected.product(),
                                expected.version()));
              });
    } catch (Refused e) {
      return Optional.of(task.word() + " printed no answer: " + e.refusal().text());
    }
  }
}
