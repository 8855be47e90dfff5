// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Has pieces from the first source that gives what was signed, and stays with it while it does. A
 * source that does not is tried a few times; when none is left, it has failed. One that is busy and
 * says when to come back is waited for. One that dawdles is left for another that has not failed
 * and does not: each piece in time, and never all of them, is an attack.
 */
final class Fetching {
  private static final int TRIES = 3;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** For one piece, at a source that is busy and says when to come back. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration DAWDLES = Duration.ofSeconds(3);

  private final List<Source> sources;
  private final Set<Source> lesser = new HashSet<>();
  private final Control control;
  private final Course course;

  /** What goes on meanwhile. */
  interface Course {
    /** Blocks while something else goes first, and ends the update when its time is over. */
    void turn() throws Control.Stopped, Broken;

    /** Nobody can be asked, or somebody can again. */
    void paused(boolean paused);

    Instant now();
  }

  /**
   * @param sources the preferred one first
   */
  Fetching(List<Source> sources, Control control, Course course) {
    this.sources = new ArrayList<>(sources);
    this.control = control;
    this.course = course;
  }

  byte[] chunk(ChunkList list, int index) throws Control.Stopped, Broken {
    Duration wait = AGAIN;
    while (true) {
      Trouble trouble = new Trouble();
      for (int i = 0; i < sources.size(); i++) {
        Source source = sources.get(i);
        byte[] bytes = from(source, list, index, trouble);
        if (bytes.length > 0) {
          sources.remove(source);
          boolean better = !lesser.containsAll(sources);
          sources.add(lesser.contains(source) && better ? sources.size() : 0, source);
          course.paused(false);
          return bytes;
        }
      }
      if (!trouble.passing) {
        throw trouble.ending();
      }
      course.paused(true);
      control.rest(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
      course.turn();
    }
  }

  /** What went wrong with all sources. */
  private static final class Trouble {
    private boolean passing;
    private boolean corrupt;
    private final List<String> words = new ArrayList<>();

    Broken ending() {
      return Broken.failed(
          corrupt ? UpdateState.INVALID_SIGNATURE : UpdateState.DOWNLOAD_FAILED,
          corrupt ? Reason.CORRUPT : Reason.TRANSFER_FAILED,
          "%s",
          String.join("; ", words));
    }
  }

  /** Empty where this source did not give it. */
  private byte[] from(Source source, ChunkList list, int index, Trouble trouble)
      throws Control.Stopped, Broken {
    String last = "";
    boolean corrupt = false;
    boolean passing = false;
    Duration waited = Duration.ZERO;
    Duration rest = source.apart();
    int attempt = 1;
    while (attempt <= TRIES) {
      control.rest(rest);
      course.turn();
      rest = AGAIN.multipliedBy(attempt);
      Instant before = course.now();
      try {
        byte[] bytes = source.chunk(list.image(), index);
        if (course.now().isAfter(before.plus(DAWDLES))) {
          lesser.add(source);
        }
        if (list.holds(index, bytes)) {
          return bytes;
        }
        corrupt = true;
        attempt++;
        last = "piece %d is not what was signed".formatted(index);
      } catch (TransferException e) {
        last = e.getMessage();
        passing = e.passing();
        if (passing) {
          break;
        }
        if (e.after().isZero() || waited.compareTo(PATIENCE) >= 0) {
          attempt++;
        } else {
          // It has a place for this device, only later: no failed try.
          rest = e.after();
          waited = waited.plus(rest);
        }
      }
    }
    if (!passing) {
      lesser.add(source);
    }
    trouble.passing |= passing;
    trouble.corrupt |= corrupt;
    trouble.words.add(
        last.startsWith(source.name()) ? last : "%s: %s".formatted(source.name(), last));
    return new byte[0];
  }
}
