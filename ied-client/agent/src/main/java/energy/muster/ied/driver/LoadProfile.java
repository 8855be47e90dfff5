// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.IntervalRun;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of a simulated meter, from a file: what it has counted before the agent came to it,
 * such as over a week without a network. The file holds {@code {"runs":[{"start":…,"minutes":15,
 * "importWh":[…]}]}}.
 */
final class LoadProfile implements MeteringPoint.Memory {
  private final Duration step;
  private final Map<Instant, IntervalEnergy> intervals = new HashMap<>();
  private Instant since = Instant.MAX;
  private Instant end = Instant.MIN;

  private LoadProfile(List<IntervalRun> runs) {
    step = runs.get(0).step();
    for (IntervalRun run : runs) {
      if (!run.step().equals(step)) {
        throw new IllegalArgumentException("all runs of a memory have the same minutes");
      }
      for (IntervalEnergy interval : run.intervals()) {
        intervals.put(interval.start(), interval);
        since = interval.start().isBefore(since) ? interval.start() : since;
        Instant over = interval.start().plus(step);
        end = over.isAfter(end) ? over : end;
      }
    }
  }

  /**
   * @throws IllegalArgumentException naming the file, when it is not there or not of that form
   */
  static LoadProfile read(Path file) {
    try {
      return new LoadProfile(
          Fields.readAll(
              Json.parseLarge(Files.readString(file)),
              fields ->
                  fields.objects("runs").stream()
                      .map(each -> each.all(IntervalRun::read))
                      .toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    } catch (Refused e) {
      throw new IllegalArgumentException(file + ": " + e.refusal().text(), e);
    }
  }

  @Override
  public Instant since() {
    return since;
  }

  /** When the last of its intervals is over. */
  Instant end() {
    return end;
  }

  @Override
  public Optional<Instant> until() {
    return Optional.of(end);
  }

  @Override
  public Optional<IntervalEnergy> again(Instant start, Duration asked) {
    return interval(start, asked);
  }

  @Override
  public Optional<IntervalEnergy> interval(Instant start, Duration asked) {
    return asked.equals(step) ? Optional.ofNullable(intervals.get(start)) : Optional.empty();
  }
}
