// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.CampaignMember.State;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.identity.BareJid;
import energy.muster.service.firmware.WaveControl.Decision;
import energy.muster.service.firmware.WaveControl.Member;
import energy.muster.service.firmware.WaveControl.Will;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever devices do and people want, in any order. */
class WaveControlModelTest {
  private static final int STEPS = 200;

  record Plan(int devices, Rollout rollout, long seed) {}

  @Provide
  Arbitrary<Plan> plans() {
    Arbitrary<Share> share =
        Combinators.combine(Arbitraries.integers().between(1, 8), Arbitraries.of(true, false))
            .as((number, percent) -> new Share(percent ? number * 12 : number, percent));
    Arbitrary<Rollout> rollout =
        Combinators.combine(
                share.list().ofMaxSize(4),
                Arbitraries.integers().between(1, 100),
                share,
                Arbitraries.integers().between(1, 2))
            .as(Rollout::new);
    return Combinators.combine(Arbitraries.integers().between(1, 12), rollout, Arbitraries.longs())
        .as(Plan::new);
  }

  /** One upgrade as it may go. */
  private static final class Life implements WaveControl.Field {
    private final Map<BareJid, State> states = new LinkedHashMap<>();
    private final Set<BareJid> forgiven = new HashSet<>();
    private final Set<BareJid> absent = new HashSet<>();
    private final List<RedundancyGroup> groups = new ArrayList<>();
    private final Plan plan;
    private final Random random;
    private Will will = Will.GO;

    Life(Plan plan) {
      this.plan = plan;
      random = new Random(plan.seed());
      List<BareJid> all =
          IntStream.range(0, plan.devices())
              .mapToObj(i -> new BareJid("relay-" + i, "grid.example"))
              .toList();
      all.forEach(device -> states.put(device, State.WAITING));
      for (int i = 0; i + 1 < all.size(); i += 3) {
        Set<BareJid> members = new HashSet<>(all.subList(i, Math.min(all.size(), i + 3)));
        groups.add(
            random.nextBoolean()
                ? RedundancyGroup.of("group " + i, members)
                : RedundancyGroup.ends("branch " + i, members));
      }
    }

    @Override
    public Optional<String> unready(BareJid device) {
      return absent.contains(device) ? Optional.of("away") : Optional.empty();
    }

    @Override
    public Optional<String> away(BareJid device) {
      return absent.contains(device) ? Optional.of("is not there") : Optional.empty();
    }

    @Override
    public List<RedundancyGroup> groups(BareJid device) {
      return groups.stream().filter(group -> group.members().contains(device)).toList();
    }

    Decision decide(boolean late) {
      List<Member> members = new ArrayList<>();
      states.forEach(
          (device, state) -> members.add(new Member(device, state, forgiven.contains(device))));
      return WaveControl.decide(plan.rollout(), members, will, late, this);
    }

    void step() {
      BareJid one = List.copyOf(states.keySet()).get(random.nextInt(states.size()));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> end(one, State.SUCCEEDED);
        case 3 -> end(one, random.nextBoolean() ? State.FAILED : State.UNCONFIRMED);
        case 4 -> {
          if (states.get(one) == State.WAITING || states.get(one) == State.SUCCEEDED) {
            absent.add(one);
          }
        }
        case 5 -> absent.remove(one);
        case 6 -> will = random.nextInt(4) == 0 ? Will.PAUSE : Will.GO;
        default -> {
          if (random.nextInt(4) == 0) {
            states.forEach(
                (device, state) -> {
                  if (state == State.FAILED || state == State.UNCONFIRMED) {
                    forgiven.add(device);
                  }
                });
          }
        }
      }
    }

    private void end(BareJid device, State state) {
      if (states.get(device) == State.BEGUN) {
        states.put(device, state);
      }
    }

    long count(Set<BareJid> members, State state) {
      return members.stream().filter(member -> states.get(member) == state).count();
    }

    long unforgiven() {
      return states.entrySet().stream()
          .filter(each -> each.getValue() == State.FAILED || each.getValue() == State.UNCONFIRMED)
          .filter(each -> !forgiven.contains(each.getKey()))
          .count();
    }
  }

  @Property(tries = 500)
  void neverMoreOfAGroupAreLetGoThanMayBeAway(@ForAll("plans") Plan plan) {
    Life life = new Life(plan);
    for (int i = 0; i < STEPS; i++) {
      life.step();
      for (BareJid next : life.decide(false).release()) {
        life.states.put(next, State.BEGUN);
        for (RedundancyGroup group : life.groups(next)) {
          Set<BareJid> others = new HashSet<>(group.members());
          others.removeIf(other -> other.equals(next));
          long away =
              others.stream()
                  .filter(
                      other -> life.absent.contains(other) || life.states.get(other) == State.BEGUN)
                  .count();
          assertThat(away + 1).isLessThanOrEqualTo(Math.min(plan.rollout().away(), group.most()));
        }
      }
    }
  }

  @Property(tries = 500)
  void nobodyBeginsOnceSoManyHaveFailed(@ForAll("plans") Plan plan) {
    Life life = new Life(plan);
    for (int i = 0; i < STEPS; i++) {
      life.step();
      Decision decision = life.decide(false);
      boolean reached =
          life.unforgiven() > 0 && plan.rollout().stops((int) life.unforgiven(), plan.devices());
      if (reached || life.will != Will.GO) {
        assertThat(decision.release()).isEmpty();
      }
      decision.release().forEach(next -> life.states.put(next, State.BEGUN));
    }
  }

  @Property(tries = 500)
  void nobodyOfALaterWaveBeginsBeforeTheEarlierHasDoneEnough(@ForAll("plans") Plan plan) {
    Life life = new Life(plan);
    List<BareJid> order = List.copyOf(life.states.keySet());
    for (int i = 0; i < STEPS; i++) {
      life.step();
      Decision decision = life.decide(false);
      assertThat(decision.release())
          .allMatch(
              next ->
                  WaveControl.wave(plan.rollout(), plan.devices(), order.indexOf(next))
                      <= decision.wave());
      decision.release().forEach(next -> life.states.put(next, State.BEGUN));
    }
  }

  @Property(tries = 500)
  void everyoneWhoWaitsIsToldWhyAndItAlwaysEnds(@ForAll("plans") Plan plan) {
    Life life = new Life(plan);
    for (int i = 0; i < STEPS; i++) {
      life.step();
      Decision decision = life.decide(false);
      Set<BareJid> waiting = new HashSet<>();
      life.states.forEach(
          (device, state) -> {
            if (state == State.WAITING) {
              waiting.add(device);
            }
          });
      waiting.removeAll(decision.release());
      assertThat(decision.held().keySet()).isEqualTo(waiting);
      assertThat(decision.held().values()).noneMatch(String::isBlank);
      decision.release().forEach(next -> life.states.put(next, State.BEGUN));
    }
    life.will = Will.GO;
    assertThat(life.decide(true).state().over()).isTrue();
    assertThat(life.decide(true).release()).isEmpty();
  }

  @Property(tries = 500)
  void whereAllSucceedItIsDone(@ForAll("plans") Plan plan) {
    Life life = new Life(plan);
    for (int i = 0; i <= plan.devices(); i++) {
      Decision decision = life.decide(false);
      decision.release().forEach(next -> life.states.put(next, State.SUCCEEDED));
    }

    assertThat(life.decide(false).state()).isEqualTo(CampaignState.DONE);
    assertThat(life.count(life.states.keySet(), State.SUCCEEDED)).isEqualTo(plan.devices());
  }
}
