// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Optional;

/** Plays one story in a folder of its own and says whether it held. */
public final class StoryRun {
  private StoryRun() {}

  /**
   * How it went.
   *
   * @param text why not, and where its files are; empty when it held
   */
  public record Verdict(Result result, String text) {
    public boolean held() {
      return result == Result.HELD;
    }
  }

  /** Whether it was as promised, or could not be tried here. */
  public enum Result {
    HELD,
    FAILED,
    SKIPPED
  }

  /**
   * Plays it.
   *
   * @param keepIn where its files stay; null for a temporary folder that goes unless it fails
   */
  public static Verdict play(Story story, Path keepIn, Transcript transcript, InstantSource clock)
      throws IOException {
    Optional<Path> temporary =
        keepIn == null
            ? Optional.of(Files.createTempDirectory("muster-" + story.name() + "-"))
            : Optional.empty();
    Path folder = temporary.orElse(keepIn);
    Verdict verdict = play(story, folder, transcript, clock, temporary.isPresent());
    if (verdict.result() == Result.FAILED) {
      Files.write(folder.resolve("transcript.txt"), transcript.lines());
    } else if (temporary.isPresent()) {
      delete(folder);
    }
    return verdict;
  }

  private static Verdict play(
      Story story, Path folder, Transcript transcript, InstantSource clock, boolean temporary) {
    try (Scene scene = Scene.in(folder, transcript, clock)) {
      story.play(scene);
      return new Verdict(Result.HELD, "");
    } catch (StorySkipped e) {
      return new Verdict(Result.SKIPPED, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict(Result.FAILED, "interrupted");
    } catch (Exception | StoryFailure e) {
      String where = temporary ? "\nits files and its transcript are kept in " + folder : "";
      return new Verdict(Result.FAILED, describe(e) + where);
    }
  }

  private static String describe(Throwable failure) {
    if (failure instanceof StoryFailure) {
      return failure.getMessage();
    }
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
