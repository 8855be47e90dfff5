// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.alarm.AlarmEntry;
import energy.muster.console.session.ConsoleSession;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * Under the line being typed: the alarms that somebody here is asked to take on, and how long until
 * each goes on to the next. A terminal that cannot keep lines at its foot shows none.
 */
final class Countdown implements AutoCloseable {
  private static final String DRAW = "muster-countdown";
  private static final int MOST = 3;

  private final Terminal terminal;
  private final LineReader reader;
  private final ConsoleSession session;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "muster-countdown");
            thread.setDaemon(true);
            return thread;
          });
  private List<String> shown = List.of();

  Countdown(Terminal terminal, LineReader reader, ConsoleSession session) {
    this.terminal = terminal;
    this.reader = reader;
    this.session = session;
  }

  void start() {
    reader.getWidgets().put(DRAW, this::draw);
    var unused = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    try {
      // Within the reader's own lock: it may be drawing the line that is being typed.
      reader.callWidget(DRAW);
    } catch (IllegalStateException e) {
      // No line is being typed just now; what runs has the screen.
    }
  }

  private boolean draw() {
    List<String> now = lines(session.askedOf(), session.now());
    if (!now.equals(shown)) {
      shown = now;
      Status.getStatus(terminal).update(now.stream().map(AttributedString::new).toList());
    }
    return true;
  }

  static List<String> lines(List<AlarmEntry> asked, Instant now) {
    return asked.stream().limit(MOST).map(alarm -> line(alarm, now)).toList();
  }

  private static String line(AlarmEntry alarm, Instant now) {
    return "alarm "
        + alarm.number()
        + ", "
        + alarm.priority()
        + ": "
        + AlarmWords.point(alarm)
        + alarm
            .search()
            .flatMap(AlarmEntry.Search::next)
            .map(next -> ", goes on in " + AlarmWords.span(now, next))
            .orElse("")
        + "; ack "
        + alarm.number();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    Status status = Status.getStatus(terminal, false);
    if (status != null) {
      status.update(List.of());
    }
  }
}
