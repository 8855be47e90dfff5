// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever candidates do, and in whatever order they answer, a goal is pursued as it says. */
class PursuitTest {
  private enum Way {
    SHEDS_ALL,
    SHEDS_LESS,
    REFUSES,
    IS_SILENT,
    IS_AWAY
  }

  private record Player(int most, int announces, Way way) {
    int gives() {
      return switch (way) {
        case SHEDS_ALL -> most;
        case SHEDS_LESS -> most / 3;
        default -> 0;
      };
    }
  }

  /** A site of these players, whose floor stands for any reason not to ask. */
  private static final class Play implements Pursuit.Field {
    private final Map<BareJid, Player> players = new LinkedHashMap<>();
    private final Set<BareJid> asked = new HashSet<>();
    private final Pursuit pursuit;
    private final int total;
    private final int floor;

    Play(int goal, int floor, List<Player> all) {
      List<Candidate> candidates = new ArrayList<>();
      for (Player player : all) {
        BareJid device = new BareJid("load-" + candidates.size(), "grid.example");
        players.put(device, player);
        candidates.add(new Candidate(device, Power.kilowatts(player.most())));
      }
      this.total = all.stream().mapToInt(Player::most).sum();
      this.floor = floor;
      this.pursuit = new Pursuit(Power.kilowatts(goal), candidates);
    }

    @Override
    public Optional<Power> announced(BareJid device) {
      Player player = players.get(device);
      return player.way() == Way.IS_AWAY
          ? Optional.empty()
          : Optional.of(Power.kilowatts(player.announces()));
    }

    @Override
    public Optional<String> forbids(Candidate candidate, Set<BareJid> perhapsShed) {
      int gone = perhapsShed.stream().mapToInt(device -> players.get(device).most()).sum();
      return total - gone - players.get(candidate.device()).most() < floor
          ? Optional.of("the floor")
          : Optional.empty();
    }

    /** Everybody answers in an order drawn from the seed; each step keeps the promises. */
    Map<BareJid, String> play(Random random) {
      Deque<BareJid> open = new ArrayDeque<>();
      while (true) {
        boolean metBefore = pursuit.verdict() == Pursuit.Verdict.MET;
        List<BareJid> next = pursuit.ask(this);
        assertThat(metBefore && !next.isEmpty()).as("stops at once when met").isFalse();
        for (BareJid device : next) {
          assertThat(asked.add(device)).as("each is asked once").isTrue();
        }
        assertThat(total - asked.stream().mapToInt(device -> takes(device)).sum())
            .as("the floor is kept even if all who were asked shed")
            .isGreaterThanOrEqualTo(Math.min(floor, total));
        List<BareJid> mixed = new ArrayList<>(open);
        mixed.addAll(next);
        Collections.shuffle(mixed, random);
        open = new ArrayDeque<>(mixed);
        if (pursuit.verdict() != Pursuit.Verdict.PURSUED) {
          return pursuit.end();
        }
        answer(open.remove());
      }
    }

    /** Who has refused draws on. */
    private int takes(BareJid device) {
      return players.get(device).way() == Way.REFUSES && !pursuit.unanswered(device)
          ? 0
          : players.get(device).most();
    }

    private void answer(BareJid device) {
      Player player = players.get(device);
      switch (player.way()) {
        case SHEDS_ALL, SHEDS_LESS -> pursuit.shed(device, Power.kilowatts(player.gives()));
        case REFUSES -> pursuit.out(device);
        case IS_SILENT -> pursuit.silent(device);
        case IS_AWAY -> throw new AssertionError("asked although it is away");
      }
    }
  }

  @Property
  void aGoalIsPursuedAsItSays(
      @ForAll("players") List<Player> players,
      @ForAll("goals") int goal,
      @ForAll("floors") int floor,
      @ForAll long seed) {
    Play play = new Play(goal, floor, players);

    Map<BareJid, String> notAsked = play.play(new Random(seed));

    // Every delivery ends once: it was asked, or it ended without.
    assertThat(Collections.disjoint(notAsked.keySet(), play.asked)).isTrue();
    assertThat(play.asked.size() + notAsked.size()).isEqualTo(players.size());
    assertThat(play.pursuit.ask(play)).isEmpty();
    assertThat(play.pursuit.end()).isEmpty();
    if (play.pursuit.verdict() == Pursuit.Verdict.SHORT) {
      // Nobody who could have been asked was left out.
      assertThat(notAsked.keySet())
          .allSatisfy(
              device ->
                  assertThat(
                          play.players.get(device).way() == Way.IS_AWAY
                              || notAsked.get(device).contains("the floor"))
                      .isTrue());
    } else {
      assertThat(play.pursuit.shed()).isGreaterThanOrEqualTo(Power.kilowatts(goal));
      assertThat(notAsked.values()).allMatch("not needed: goal met"::equals);
    }
  }

  @Property
  void noMoreAreAskedThanAnnounceTheGoal(
      @ForAll("players") List<Player> players, @ForAll("goals") int goal) {
    Play play = new Play(goal, 0, players);

    List<BareJid> first = play.pursuit.ask(play);

    int withoutLast =
        first.stream()
            .limit(Math.max(0, first.size() - 1))
            .mapToInt(device -> counted(play.players.get(device)))
            .sum();
    assertThat(first.isEmpty() || withoutLast < goal).isTrue();
  }

  private static int counted(Player player) {
    return Math.min(player.most(), player.announces());
  }

  @Provide
  Arbitrary<List<Player>> players() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 60),
            Arbitraries.integers().between(0, 80),
            Arbitraries.of(Way.values()))
        .as(Player::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(15);
  }

  @Provide
  Arbitrary<Integer> goals() {
    return Arbitraries.integers().between(1, 400);
  }

  @Provide
  Arbitrary<Integer> floors() {
    return Arbitraries.integers().between(0, 200);
  }
}
