// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.json.Json;
import energy.muster.storm.FaultStorm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays stories on the real server and tells how many held. */
@Command(
    name = "scenario",
    description = "Plays stories on a real server of their own, with real devices' processes.",
    mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The stories to play; --list names them.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "Plays every story.")
  private boolean all;

  @Option(names = "--list", description = "Names the stories and what each shows.")
  private boolean list;

  @Option(names = "--json", description = "One JSON object a line instead of the transcript.")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keeps each story's files in DIR/NAME, which must not exist yet (default: a temporary"
              + " folder, kept only if the story fails).")
  private Optional<Path> data = Optional.empty();

  @ArgGroup(exclusive = false, heading = "Of fault-storm:%n")
  private StormArguments storm;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (list) {
      Stories.all().forEach(story -> out.printf("%-26s %s%n", story.name(), story.about()));
      return 0;
    }
    List<Story> stories = chosen();
    mustBeNew(stories);
    Map<StoryRun.Result, Integer> count = new EnumMap<>(StoryRun.Result.class);
    for (Story story : stories) {
      count.merge(play(story, out), 1, Integer::sum);
    }
    int failed = count.getOrDefault(StoryRun.Result.FAILED, 0);
    int skipped = count.getOrDefault(StoryRun.Result.SKIPPED, 0);
    out.println(
        count.getOrDefault(StoryRun.Result.HELD, 0)
            + " passed, "
            + failed
            + " failed"
            + (skipped == 0 ? "" : ", " + skipped + " skipped"));
    return failed == 0 ? 0 : 1;
  }

  private List<Story> chosen() {
    if (storm != null && (all || !names.equals(List.of("fault-storm")))) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rounds, --seed and --control belong to fault-storm alone");
    }
    if (storm != null) {
      return List.of(new FaultStorm(storm.read()));
    }
    if (all) {
      return Stories.all();
    }
    if (names.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "name a story, or --all; --list names them");
    }
    return names.stream()
        .map(
            name ->
                Stories.named(name)
                    .orElseThrow(
                        () ->
                            new CommandLine.ParameterException(
                                spec.commandLine(),
                                "there is no story '" + name + "'; --list names them")))
        .toList();
  }

  /** A story that found an earlier one's accounts and journals would fail for reasons of theirs. */
  private void mustBeNew(List<Story> stories) {
    data.stream()
        .flatMap(dir -> stories.stream().map(story -> dir.resolve(story.name())))
        .filter(Files::exists)
        .findFirst()
        .ifPresent(
            used -> {
              throw new CommandLine.ParameterException(
                  spec.commandLine(),
                  used + " exists already: a story needs a new folder; name another --data");
            });
  }

  private StoryRun.Result play(Story story, PrintStream out) throws IOException {
    PrintStream shown =
        json ? new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) : out;
    shown.println("== " + story.name() + ": " + story.about());
    Path folder = data.map(dir -> dir.resolve(story.name())).orElse(null);
    long begin = System.nanoTime();
    StoryRun.Verdict verdict =
        StoryRun.play(story, folder, new Transcript(shown), InstantSource.system());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (json) {
      out.println(
          Json.text(
              Json.object()
                  .put("scenario", story.name())
                  .put("passed", verdict.held())
                  .put("skipped", verdict.result() == StoryRun.Result.SKIPPED)
                  .put("seconds", took.toMillis() / 1000.0)
                  .put("text", verdict.text())));
    } else {
      shown.println();
      shown.println(
          heading(verdict.result())
              + story.name()
              + " in "
              + Transcript.seconds(took)
              + (verdict.held() ? "" : "\n" + verdict.text()));
      shown.println();
    }
    return verdict.result();
  }

  private static String heading(StoryRun.Result result) {
    return switch (result) {
      case HELD -> "== held: ";
      case FAILED -> "== FAILED: ";
      case SKIPPED -> "== skipped: ";
    };
  }
}
