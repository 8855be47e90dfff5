// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.language.Help;
import energy.muster.console.session.Confirmation;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.LineResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;

/** A person at a terminal: prompt, history, completion, and news above the line being typed. */
public final class TerminalFace implements Screen {
  private final Terminal terminal;
  private final Paint paint;
  private volatile Optional<LineReader> reader = Optional.empty();

  /** Drawn below everything while a line runs; empty when there is none. */
  private String status = "";

  /** Drawn above the status, as long as a line runs. */
  private List<String> board = List.of();

  /** How wide each of its lines was drawn, in columns. */
  private final List<Integer> widths = new ArrayList<>();

  private boolean running;

  public TerminalFace(Terminal terminal, Paint paint) {
    this.terminal = terminal;
    this.paint = paint;
  }

  /** Shows a line, or lines, without breaking the one that is being typed. */
  @Override
  public synchronized void print(String text) {
    String below = status;
    List<String> drawn = board;
    status("");
    board(List.of());
    printAbove(text);
    board(drawn);
    status(below);
  }

  /** Only while a line runs: otherwise the line that is being typed is there. */
  @Override
  public synchronized void status(String text) {
    String next = running && terminal.getStringCapability(Capability.clr_eol) != null ? text : "";
    if (status.isEmpty() && next.isEmpty()) {
      return;
    }
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eol);
    status = next.substring(0, Math.min(next.length(), Math.max(0, terminal.getWidth() - 1)));
    terminal.writer().print(status);
    terminal.flush();
  }

  /** Only while a line runs, and only where the cursor can go up again. */
  @Override
  public synchronized boolean board(List<String> next) {
    boolean draws =
        running
            && terminal.getStringCapability(Capability.cursor_up) != null
            && terminal.getStringCapability(Capability.clr_eos) != null;
    if (!board.isEmpty()) {
      status("");
      for (int row = 0; row < drawn(); row++) {
        terminal.puts(Capability.cursor_up);
      }
      terminal.puts(Capability.carriage_return);
      terminal.puts(Capability.clr_eos);
    }
    int width = Math.max(1, terminal.getWidth() - 1);
    int height = Math.max(1, terminal.getHeight() - 2);
    board = draws ? List.copyOf(next.subList(0, Math.min(height, next.size()))) : List.of();
    widths.clear();
    for (String line : board) {
      AttributedString cut = AttributedString.fromAnsi(line).columnSubSequence(0, width);
      widths.add(cut.columnLength());
      terminal.writer().println(cut.toAnsi());
    }
    terminal.flush();
    return draws;
  }

  /** So many rows: a terminal that was made narrower meanwhile has broken the lines. */
  private int drawn() {
    int width = Math.max(1, terminal.getWidth());
    return widths.stream().mapToInt(drawn -> Math.max(1, (drawn + width - 1) / width)).sum();
  }

  @Override
  public int columns() {
    return terminal.getWidth() > 0 ? terminal.getWidth() : Screen.super.columns();
  }

  @Override
  public int rows() {
    return terminal.getHeight() > 0 ? terminal.getHeight() : Screen.super.rows();
  }

  @Override
  public void bell() {
    terminal.puts(Capability.bell);
    terminal.flush();
  }

  /** Whether a line runs, so that the screen is not that of the line being typed. */
  synchronized void running(boolean now) {
    status("");
    // What was drawn last stays as it is.
    board = List.of();
    widths.clear();
    running = now;
  }

  private void printAbove(String text) {
    if (reader.isPresent()) {
      reader.get().printAbove(text);
    } else {
      terminal.writer().println(text);
      terminal.flush();
    }
  }

  /** Asks without showing what is typed; empty when the person leaves instead. */
  public Optional<char[]> secret(String prompt) {
    try {
      LineReader asked =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .variable(LineReader.DISABLE_HISTORY, true)
              .build();
      return Optional.of(asked.readLine(prompt, '\0').toCharArray());
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    }
  }

  public boolean confirm(String question) {
    running(false);
    try {
      return Confirmation.agrees(reader.orElseThrow().readLine(question + " [y/N] "));
    } catch (UserInterruptException | EndOfFileException e) {
      return false;
    } finally {
      running(true);
    }
  }

  /**
   * Runs lines until the person leaves.
   *
   * @param history where lines are remembered, in a folder that exists or can be made
   */
  public void converse(ConsoleSession session, String site, Path history) throws IOException {
    Files.createDirectories(history.toAbsolutePath().getParent());
    DefaultParser parser = new DefaultParser();
    // The language has its own quoting; here a word only has to be found.
    parser.setEscapeChars(new char[0]);
    parser.setQuoteChars(new char[0]);
    LineReader lines =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("muster")
            .parser(parser)
            .completer(new LineCompleter(session))
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    reader = Optional.of(lines);
    session.lookOn();
    print(Help.FIRST);
    Thread typing = Thread.currentThread();
    try (Countdown counting = new Countdown(terminal, lines, session)) {
      counting.start();
      boolean more = true;
      while (more) {
        Optional<String> line = next(lines, session, site);
        more = line.isPresent() && runs(session, line.get(), typing);
      }
      print("goodbye");
    } finally {
      reader = Optional.empty();
      lines.getHistory().save();
    }
  }

  /** Empty when the person has left; Ctrl-C only drops the line, which leaves a blank one. */
  private Optional<String> next(LineReader lines, ConsoleSession session, String site) {
    try {
      return Optional.of(lines.readLine(prompt(session, site)));
    } catch (UserInterruptException e) {
      return Optional.of("");
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  private String prompt(ConsoleSession session, String site) {
    String name = session.account().local() + "@" + site;
    if (!session.proven()) {
      return paint.doubtful(name + " (not connected)") + "> ";
    }
    return session.unsureOfRevocations()
        ? paint.doubtful(name + " (no current revocation list)") + "> "
        : paint.good(name) + "> ";
  }

  /** Whether to go on. While a line runs, Ctrl-C stops the waiting, not the order. */
  private boolean runs(ConsoleSession session, String line, Thread typing) {
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> typing.interrupt());
    running(true);
    // What is typed meanwhile is for the next line, and not for the middle of a board.
    boolean echo = terminal.echo(false);
    try {
      return !(session.run(line) instanceof LineResult.Left);
    } catch (InterruptedException e) {
      print("no longer waiting; what was sent goes on: orders shows it");
      return true;
    } finally {
      running(false);
      terminal.echo(echo);
      terminal.handle(Terminal.Signal.INT, before);
    }
  }
}
