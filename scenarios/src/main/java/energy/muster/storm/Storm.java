// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Instruction;
import energy.muster.identity.Area;
import energy.muster.outcome.DeliveryState;
import energy.muster.scenario.Scene;
import energy.muster.stage.Cable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Plays the rounds of a storm on a scene and lets the sky clear, noting everything. */
final class Storm {
  private static final int THREADS = 12;

  /** So many rounds, and nobody may be missing: who never comes back breaks no other promise. */
  private static final int ROLL_CALL = 10;

  private static final Duration CALM_WITHIN = Duration.ofSeconds(90);
  private static final Duration CONNECTED_SOON = Duration.ofMillis(100);
  private static final Duration CALM_FOR = Duration.ofSeconds(20);

  private final Scene scene;
  private final StormOptions options;
  private final History history;
  private final Weather weather;
  private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
  private final Fleet fleet;
  private final Issuer issuer;
  private volatile boolean over;

  private Storm(Scene scene, StormOptions options, History history) throws Exception {
    this.scene = scene;
    this.options = options;
    this.history = history;
    this.weather = new Weather(options.seed(), options.rounds());
    // An operator who asks for every order at the end is no flood.
    scene.stage().serverProperty("muster.limit.stanzas-per-second", "1000");
    scene.stage().serverProperty("muster.limit.stanza-burst", "10000");
    scene.enrolOperator(Issuer.NAME, Area.ALL);
    fleet = new Fleet(scene, history);
    scene.atTheEnd(fleet::close);
    scene.atTheEnd(workers::shutdownNow);
    fleet.raise();
    Cable line = new Cable(Issuer.NAME, scene.stage()::port);
    fleet.connect(Issuer.NAME, line);
    issuer = new Issuer(scene.stage().folder(), line, history, scene::now, workers);
    scene.atTheEnd(issuer::close);
  }

  /** Brings up who takes part; they are gone when the scene closes. */
  static Storm gather(Scene scene, StormOptions options, History history) throws Exception {
    if (options.control().filter(Control.LATE_COMMIT::equals).isPresent()) {
      scene.stage().serverWithin(LateCommits.class);
    }
    Storm storm = new Storm(scene, options, history);
    storm.everybodyBack();
    return storm;
  }

  void play() throws Exception {
    for (int round = 1; round <= options.rounds(); round++) {
      Weather.Round next = weather.next();
      scene
          .transcript()
          .line(
              "round "
                  + round
                  + ": "
                  + next.orders().size()
                  + " orders; "
                  + String.join(", ", next.strikes().stream().map(Object::toString).toList()));
      if (next.calmBefore()) {
        calm(CALM_FOR, () -> !fleet.copyIsCurrent());
      }
      play(next);
      if (options.control().isPresent()) {
        fleet.heal();
        everybodyBack();
        // Each device takes one order after the other: the one that matters must be the next.
        scene.await("every order's time is over", CALM_WITHIN, this::timesOver);
        new Sabotage(scene, fleet, issuer).play(options.control().get());
      }
      fleet.heal();
      if (round % ROLL_CALL == 0) {
        everybodyBack();
      }
    }
    over = true;
  }

  private void play(Weather.Round round) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (Strike strike : round.strikes()) {
      all.add(
          CompletableFuture.runAsync(unchecked(() -> fleet.begin(strike)), after(strike.at()))
              .thenRunAsync(unchecked(() -> fleet.end(strike)), after(strike.lasts())));
    }
    for (Order order : round.orders()) {
      all.add(CompletableFuture.runAsync(() -> submit(order), after(order.at())));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }

  private void submit(Order order) {
    if (over) {
      return;
    }
    if (!issuer.proven() && !order.twice()) {
      // Some are submitted into the void; the others would only age while the operator is away.
      after(CONNECTED_SOON).execute(() -> submit(order));
      return;
    }
    Issuer.Placed placed = issuer.order(order);
    order
        .extras()
        .sequel()
        .ifPresent(
            sequel ->
                after(order.extras().sequelAfter()).execute(() -> follow(order, placed, sequel)));
    CompletableFuture<Fact.Told> told = placed.told();
    if (order.instruction() instanceof Instruction.Select select) {
      var unused =
          told.thenComposeAsync(
              fact ->
                  fact.outcome().result() == DeliveryState.EXECUTED && !over
                      ? issuer.order(order.now(Instruction.plain(select.operate()))).told()
                      : told,
              workers);
    }
  }

  private void follow(Order order, Issuer.Placed placed, Order.Sequel sequel) {
    if (over) {
      return;
    }
    switch (sequel) {
      case CANCEL -> issuer.order(order.now(new Instruction.Cancel(placed.id())));
      case REPLACE -> issuer.order(order.now(order.instruction()), Optional.of(placed.id()));
    }
  }

  /** Lets the sky clear: everybody back, every time over, every delivery ended; read twice. */
  void clear() throws Exception {
    fleet.heal();
    everybodyBack();
    scene.await("every order's time is over", CALM_WITHIN, this::timesOver);
    scene.await(
        "every submission is answered", CALM_WITHIN, () -> issuer.proven() && issuer.insist());
    calm(CALM_WITHIN, () -> true);
    List<Fact.Submitted> orders = submitted();
    read(1, orders);
    scene.note("The server is killed once more, and asked again.");
    fleet.killServer();
    fleet.heal();
    everybodyBack();
    read(2, orders);
    Instant now = scene.now();
    issuer
        .questions()
        .quarantined()
        .join()
        .forEach(device -> history.note(new Fact.Quarantined(now, device)));
    fleet.recorded().forEach(history::note);
  }

  private List<Fact.Submitted> submitted() {
    return history.facts().stream()
        .filter(Fact.Submitted.class::isInstance)
        .map(Fact.Submitted.class::cast)
        .toList();
  }

  private boolean timesOver() {
    Instant now = scene.now();
    return submitted().stream().allMatch(order -> now.isAfter(end(order).plusSeconds(1)));
  }

  private static Instant end(Fact.Submitted order) {
    return order.terms().until().filter(order.executeBy()::isBefore).orElse(order.executeBy());
  }

  private void everybodyBack() throws InterruptedException {
    scene.await(
        "operator and devices are back",
        CALM_WITHIN,
        () -> issuer.proven() && fleet.proven(),
        fleet::absent);
  }

  /** Waits until everybody is back and this holds, but no longer than that. */
  private void calm(Duration within, BooleanSupplier also) throws InterruptedException {
    Instant end = scene.now().plus(within);
    Object pause = new Object();
    while (scene.now().isBefore(end)
        && !(issuer.proven() && fleet.proven() && also.getAsBoolean())) {
      synchronized (pause) {
        pause.wait(50);
      }
    }
  }

  /** Reads what became of each order; of one that moves on, as soon as it no longer does. */
  private void read(int reading, List<Fact.Submitted> orders) throws InterruptedException {
    Instant end = scene.now().plus(CALM_WITHIN);
    for (Fact.Submitted order : orders) {
      List<Fact> found = ask(reading, order, end);
      while (found.stream().anyMatch(Storm::moving) && scene.now().isBefore(end)) {
        found = ask(reading, order, end);
      }
      found.forEach(history::note);
    }
    scene.check(true, "the service was asked for each of " + orders.size() + " orders");
  }

  private List<Fact> ask(int reading, Fact.Submitted order, Instant end) {
    while (true) {
      try {
        return issuer.questions().read(reading, order.id()).join();
      } catch (CompletionException unanswered) {
        if (scene.now().isAfter(end)) {
          throw unanswered;
        }
      }
    }
  }

  private static boolean moving(Fact fact) {
    return fact instanceof Fact.Found found
        && !found.state().terminal()
        && found.state() != DeliveryState.UNCONFIRMED;
  }

  private Executor after(Duration delay) {
    return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers);
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException, InterruptedException;
  }

  private static Runnable unchecked(Act act) {
    return () -> {
      try {
        act.run();
      } catch (IOException | InterruptedException e) {
        throw new CompletionException(e);
      }
    };
  }
}
