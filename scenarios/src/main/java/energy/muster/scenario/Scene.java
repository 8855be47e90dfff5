// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.console.session.Setup;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where a story plays: a stage of its own in a fresh folder, the people on it, and the transcript
 * of all they see.
 */
public final class Scene implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Stage stage;
  private final Transcript transcript;
  private final InstantSource clock;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Operator> seated = new ArrayList<>();
  private final List<DeviceSpec> started = new ArrayList<>();

  private Scene(Stage stage, Transcript transcript, InstantSource clock) {
    this.stage = stage;
    this.transcript = transcript;
    this.clock = clock;
  }

  public static Scene in(Path folder, Transcript transcript, InstantSource clock) {
    return new Scene(Stage.at(folder, "story", clock), transcript, clock);
  }

  /** A second stage beside this one, in a folder of its own, closed with this scene. */
  public Scene aside(String name) throws IOException {
    Path folder = Files.createDirectories(stage.folder().data().resolve(name));
    Scene beside = in(folder, transcript, clock);
    atTheEnd(beside::close);
    return beside;
  }

  public Stage stage() {
    return stage;
  }

  public Transcript transcript() {
    return transcript;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Says in the transcript what happens next. */
  public void note(String text) {
    transcript.note(text);
  }

  /**
   * Seats an operator at a console; the account must have been enrolled before the server started.
   */
  public Operator operator(String name) throws IOException, InterruptedException {
    return operator(name, Setup.PATIENCE);
  }

  /** As {@link #operator(String)}, one who counts as away after so long without a line. */
  public Operator operatorIdleAfter(String name, Duration idleAfter)
      throws IOException, InterruptedException {
    return seat(name, Setup.PATIENCE, idleAfter);
  }

  /** As {@link #operator(String)}, one who does not wait longer than that for an answer. */
  public Operator operator(String name, Duration patience)
      throws IOException, InterruptedException {
    return seat(name, patience, Setup.IDLE);
  }

  private Operator seat(String name, Duration patience, Duration idleAfter)
      throws IOException, InterruptedException {
    Operator operator =
        Operator.sitDown(this, stage.folder().jid(name), patience, idleAfter, clock);
    atTheEnd(operator::close);
    operator.awaitSight(started);
    seated.add(operator);
    return operator;
  }

  /** What an operator who leaves the console calls. */
  void left(Operator operator) {
    seated.remove(operator);
  }

  /**
   * Starts a process with these devices. The story goes on when everybody at a console who may see
   * them does: a person would not type a name before it is on the screen.
   */
  public Child startDevices(String process, List<DeviceSpec> devices) throws InterruptedException {
    return startDevices(process, devices, List.of());
  }

  /** As {@link #startDevices(String, List)}, with more options for the process. */
  public Child startDevices(String process, List<DeviceSpec> devices, List<String> options)
      throws InterruptedException {
    Child child = stage.startDevices(process, devices, options);
    started.addAll(devices);
    for (Operator operator : seated) {
      operator.awaitSight(devices);
    }
    return child;
  }

  /** Logs an account without a key in, as any chat client does. */
  public PlainClient visitor(String name) {
    return PlainClient.login(this, stage.folder().jid(name));
  }

  public void enrolOperator(String name, Area area) {
    stage.person(name, Role.OPERATOR, area);
  }

  /** What must be undone when the story is over, however it ends; last first. */
  public void atTheEnd(Runnable action) {
    undo.push(action);
  }

  /** Fails the story unless it holds now. */
  public void check(boolean holds, String promise) {
    if (!holds) {
      throw new StoryFailure("not so: " + promise);
    }
    transcript.checked(promise);
  }

  public <T> void checkEqual(T expected, T found, String what) {
    if (!expected.equals(found)) {
      throw new StoryFailure(what + ": expected " + expected + ", found " + found);
    }
    transcript.checked(what + " is " + found);
  }

  /** Waits until it holds and tells how long that took. */
  public Duration await(String promise, Duration within, BooleanSupplier holds)
      throws InterruptedException {
    return await(promise, within, holds, () -> "");
  }

  public Duration await(
      String promise, Duration within, BooleanSupplier holds, Supplier<String> instead)
      throws InterruptedException {
    Duration took = awaitUntold(promise, within, holds, instead);
    transcript.checked(promise + " (after " + Transcript.seconds(took) + ")");
    return took;
  }

  /** As {@link #await(String, Duration, BooleanSupplier)}, without a word in the transcript. */
  Duration awaitUntold(
      String promise, Duration within, BooleanSupplier holds, Supplier<String> instead)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      boolean so = holds.getAsBoolean();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      if (so) {
        return took;
      }
      if (took.compareTo(within) > 0) {
        throw new StoryFailure(
            "not within " + Transcript.seconds(within) + ": " + promise + " " + instead.get());
      }
      pause(GLANCE);
    }
  }

  /** Between two looks at what one waits for. */
  public void pause(Duration time) throws InterruptedException {
    if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts down");
    }
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    stage.close();
  }
}
