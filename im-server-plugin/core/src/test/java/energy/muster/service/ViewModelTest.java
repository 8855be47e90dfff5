// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.presence.Operating;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.Receiver;
import energy.muster.service.fixture.World;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens in whatever order, a view's receiver ends on the newest state of all it may see
 * and nothing else, and never gets more than four messages in a second.
 */
class ViewModelTest {
  private static final int DEVICES = 4;
  private static final int MOST_IN_A_SECOND = 4;
  private static final Duration LEASE = Duration.ofSeconds(30);

  private enum Kind {
    SAYS,
    CUT,
    PROVES,
    MOVES,
    PASSES,
    PASSES_LONG,
    LOSES_SIGHT,
    COMES_BACK,
    OPENS_ANEW,
    SERVICE_RESTARTS
  }

  private record Step(Kind kind, int device, int number) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(10, Kind.SAYS),
            Tuple.of(2, Kind.CUT),
            Tuple.of(2, Kind.PROVES),
            Tuple.of(2, Kind.MOVES),
            Tuple.of(6, Kind.PASSES),
            Tuple.of(1, Kind.PASSES_LONG),
            Tuple.of(2, Kind.LOSES_SIGHT),
            Tuple.of(3, Kind.COMES_BACK),
            Tuple.of(1, Kind.OPENS_ANEW),
            Tuple.of(1, Kind.SERVICE_RESTARTS));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, DEVICES - 1),
            Arbitraries.integers().between(1, 400))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(50);
  }

  @Property(tries = 40)
  void theReceiverEndsOnTheNewestStateAtFourMessagesASecondAtMost(
      @ForAll("steps") List<Step> steps) {
    Play play = new Play();
    steps.forEach(play::take);
    play.end();
  }

  private static final class Play {
    private final World world = new World();
    private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
    private final Map<String, SigningIdentity> keys = new HashMap<>();
    private final Map<Integer, FullJid> sessions = new HashMap<>();
    private final Map<Integer, Long> said = new HashMap<>();
    private final List<Instant> arrivals = new ArrayList<>();
    private Receiver receiver = new Receiver("v1");
    private FullJid person;
    private boolean hears;
    private long number;

    Play() {
      world.network.receiver(
          sent -> {
            if (sent.payload().wire() == Wire.CHANGES && sent.to().equals(person)) {
              arrivals.add(world.clock.instant());
              if (hears) {
                receiver.changes(sent.payload());
              }
            }
          });
      for (int device = 0; device < DEVICES; device++) {
        proves(device, device % 2 == 0);
      }
      comesBack(false);
    }

    void take(Step step) {
      switch (step.kind()) {
        case SAYS -> says(step.device(), step.number());
        case CUT -> cut(step.device());
        case PROVES -> proves(step.device(), step.number() % 2 == 0);
        case MOVES -> proves(step.device(), step.number() % 3 == 0);
        case PASSES -> world.pass(Duration.ofMillis(step.number()));
        case PASSES_LONG -> world.pass(Duration.ofSeconds(step.number() / 4));
        case LOSES_SIGHT -> hears = false;
        case COMES_BACK -> comesBack(true);
        case OPENS_ANEW -> comesBack(false);
        case SERVICE_RESTARTS -> restart();
      }
    }

    private void says(int device, int number) {
      FullJid session = sessions.get(device);
      if (session != null) {
        said.put(device, ++this.number);
        world.says(session, this.number, number % 2 == 0 ? Operating.ON : Operating.OFF, LEASE);
      }
    }

    private void cut(int device) {
      FullJid session = sessions.remove(device);
      if (session != null) {
        world.cut(session);
      }
    }

    private void proves(int device, boolean covered) {
      cut(device);
      String area = covered ? "branch-60" : "branch-7";
      SigningIdentity key =
          keys.computeIfAbsent(device + area, any -> world.pki.device("load-" + device, area));
      sessions.put(device, world.prove(key, "k" + ++number, number));
    }

    private void comesBack(boolean resuming) {
      if (person != null) {
        world.cut(person);
      }
      person = world.prove(operator, "console-" + ++number);
      if (resuming) {
        receiver.opened(world.set(person, receiver.resuming()));
      } else {
        receiver = new Receiver("v1");
        receiver.opened(world.set(person, receiver.opening()));
      }
      arrivals.clear();
      hears = true;
    }

    private void restart() {
      // What devices said last is on disk after this long.
      world.pass(Duration.ofSeconds(6));
      world.killAndRestart();
      person = null;
      List<Integer> there = List.copyOf(sessions.keySet());
      sessions.clear();
      there.forEach(device -> proves(device, number % 2 == 0));
      comesBack(true);
    }

    void end() {
      if (!hears) {
        comesBack(true);
      }
      awaitQuiet();
      Receiver truth = new Receiver("truth");
      truth.opened(world.set(person, truth.opening()));

      assertThat(receiver.shown()).isEqualTo(truth.shown());
      receiver
          .shown()
          .forEach(
              (name, contact) -> {
                int device = Integer.parseInt(name.substring("load-".length(), name.indexOf('@')));
                assertThat(contact.presence().map(word -> word.revision()))
                    .isEqualTo(Optional.ofNullable(said.get(device)));
              });
      assertPace();
    }

    /** After a pause between messages without one, whatever changes is told at once. */
    private void awaitQuiet() {
      int before;
      do {
        before = arrivals.size();
        world.pass(Duration.ofMillis(300));
      } while (arrivals.size() > before);
    }

    private void assertPace() {
      for (int i = 0; i + MOST_IN_A_SECOND < arrivals.size(); i++) {
        assertThat(Duration.between(arrivals.get(i), arrivals.get(i + MOST_IN_A_SECOND)))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      }
    }
  }
}
