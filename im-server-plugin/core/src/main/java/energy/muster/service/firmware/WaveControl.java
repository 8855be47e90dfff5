// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Rollout;
import energy.muster.identity.BareJid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from how the devices of an upgrade stand which of them may begin, why the others wait,
 * and how the upgrade stands as a whole. It remembers nothing, so that it decides the same after a
 * restart. Knows no time, disk or network.
 */
public final class WaveControl {
  /**
   * One device, in the order in which they take the places of the waves.
   *
   * @param forgiven whether a person has let the upgrade go on since it failed
   * @param passed whether it has waited so long that its place went to another
   */
  public record Member(
      BareJid device, CampaignMember.State state, boolean forgiven, boolean passed) {
    /** One that was not passed over. */
    public Member(BareJid device, CampaignMember.State state, boolean forgiven) {
      this(device, state, forgiven, false);
    }
  }

  /** What people have decided. */
  public enum Will {
    /** A second person has yet to sign. */
    UNAPPROVED,
    GO,
    PAUSE
  }

  /** What can be known of the devices now. */
  public interface Field {
    /** Why this one cannot begin now, whatever the others do; empty where it can. */
    Optional<String> unready(BareJid device);

    /**
     * Why it is without service, as in {@code is being upgraded}, also where that is another
     * upgrade's doing; empty while it is in service.
     */
    Optional<String> away(BareJid device);

    /** The groups to which it belongs. */
    List<RedundancyGroup> groups(BareJid device);
  }

  /**
   * What follows.
   *
   * @param release those that begin now
   * @param held those that wait, each with why
   * @param stalled those of them whose turn it is, and who wait for their own presence or for
   *     another device that is away
   * @param wave which wave goes on, from 1
   * @param text why it stands so, for people
   */
  public record Decision(
      List<BareJid> release,
      Map<BareJid, String> held,
      Set<BareJid> stalled,
      CampaignState state,
      int wave,
      String text) {
    public Decision {
      release = List.copyOf(release);
    }
  }

  private final Rollout rollout;
  private final List<Member> members;
  private final List<Integer> sizes;
  private final Field field;
  private final Set<BareJid> begun = new HashSet<>();
  private final Redundancy redundancy;

  private WaveControl(Rollout rollout, List<Member> members, Field field) {
    this.rollout = rollout;
    this.members = members;
    this.sizes = rollout.sizes(members.size());
    this.field = field;
    this.redundancy = new Redundancy(rollout, field, begun::contains);
    members.stream()
        .filter(member -> member.state() == CampaignMember.State.BEGUN)
        .forEach(member -> begun.add(member.device()));
  }

  /**
   * Decides.
   *
   * @param late whether its time is over
   */
  public static Decision decide(
      Rollout rollout, List<Member> members, Will will, boolean late, Field field) {
    return new WaveControl(rollout, members, field).decide(will, late);
  }

  /** In which wave the device at this place is, from 1. */
  public static int wave(Rollout rollout, int devices, int place) {
    int wave = 1;
    int end = 0;
    for (int size : rollout.sizes(devices)) {
      end += size;
      if (place < end) {
        return wave;
      }
      wave++;
    }
    throw new IndexOutOfBoundsException("place " + place + " of " + devices);
  }

  private Decision decide(Will will, boolean late) {
    Optional<CampaignState> over = over(late);
    if (over.isPresent()) {
      return nobody(over.get(), sizes.size(), sum(), "its time is over");
    }
    int wave = wave();
    if (will == Will.UNAPPROVED) {
      String why = CampaignState.AWAITING_APPROVAL.words();
      return nobody(CampaignState.AWAITING_APPROVAL, 0, why, why);
    }
    Optional<String> stopped = stopped(wave);
    if (stopped.isPresent()) {
      return nobody(CampaignState.STOPPED, wave, stopped.get(), "stopped: " + stopped.get());
    }
    if (will == Will.PAUSE) {
      return nobody(CampaignState.PAUSED, wave, "paused by a person", "paused by a person");
    }
    return release(wave);
  }

  /** Whether nothing more happens, whoever wants what. */
  private Optional<CampaignState> over(boolean late) {
    boolean open =
        members.stream()
            .anyMatch(
                member ->
                    member.state() == CampaignMember.State.WAITING
                        || member.state() == CampaignMember.State.BEGUN);
    if (open && !late) {
      return Optional.empty();
    }
    if (members.stream().allMatch(member -> is(member, CampaignMember.State.SUCCEEDED))) {
      return Optional.of(CampaignState.DONE);
    }
    boolean left =
        members.stream()
            .anyMatch(
                member ->
                    !is(member, CampaignMember.State.SUCCEEDED)
                        && !is(member, CampaignMember.State.FAILED));
    return Optional.of(left ? CampaignState.ENDED : CampaignState.FAILED);
  }

  private static boolean is(Member member, CampaignMember.State state) {
    return member.state() == state;
  }

  /** The first wave that has not done enough for the next, from 1. */
  private int wave() {
    int from = 0;
    for (int wave = 1; wave < sizes.size(); wave++) {
      if (!enough(from, wave)) {
        return wave;
      }
      from += sizes.get(wave - 1);
    }
    return sizes.size();
  }

  private boolean enough(int from, int wave) {
    List<Member> counted = counted(from, wave);
    long succeeded =
        counted.stream().filter(member -> is(member, CampaignMember.State.SUCCEEDED)).count();
    return rollout.proceeds((int) succeeded, counted.size());
  }

  /** Those of a wave that it needs: who was forgiven, or never will begin, is not waited for. */
  private List<Member> counted(int from, int wave) {
    return members.subList(from, from + sizes.get(wave - 1)).stream()
        .filter(member -> !(member.forgiven() && failed(member)))
        .filter(member -> !is(member, CampaignMember.State.LEFT))
        .toList();
  }

  private static boolean failed(Member member) {
    return is(member, CampaignMember.State.FAILED) || is(member, CampaignMember.State.UNCONFIRMED);
  }

  private Optional<String> stopped(int wave) {
    int failures =
        (int) members.stream().filter(member -> failed(member) && !member.forgiven()).count();
    if (failures > 0 && rollout.stops(failures, members.size())) {
      return Optional.of(
          "%d of %d devices failed, which is its threshold".formatted(failures, members.size()));
    }
    int from = sizes.stream().limit(wave - 1L).mapToInt(Integer::intValue).sum();
    List<Member> counted = counted(from, wave);
    long lost = counted.stream().filter(WaveControl::failed).count();
    boolean last = wave == sizes.size();
    if (lost > 0 && !last && !rollout.proceeds((int) (counted.size() - lost), counted.size())) {
      return Optional.of("wave %d cannot reach %d %% any more".formatted(wave, rollout.proceed()));
    }
    return Optional.empty();
  }

  private Decision nobody(CampaignState state, int wave, String text, String why) {
    Map<BareJid, String> held = new LinkedHashMap<>();
    members.stream()
        .filter(member -> is(member, CampaignMember.State.WAITING))
        .forEach(member -> held.put(member.device(), "held: " + why));
    return new Decision(List.of(), held, Set.of(), state, wave, text);
  }

  private Decision release(int wave) {
    List<BareJid> release = new ArrayList<>();
    Map<BareJid, String> held = new LinkedHashMap<>();
    Set<BareJid> stalled = new HashSet<>();
    for (int place = 0; place < members.size(); place++) {
      Member member = members.get(place);
      if (!is(member, CampaignMember.State.WAITING)) {
        continue;
      }
      BareJid device = member.device();
      int own = wave(rollout, members.size(), place);
      Optional<String> why = own > wave ? Optional.of(later(member, own)) : now(device);
      if (why.isEmpty()) {
        begun.add(device);
        release.add(device);
      } else {
        held.put(device, "held: " + why.get());
        if (own <= wave && (field.unready(device).isPresent() || redundancy.stalls(device))) {
          stalled.add(device);
        }
      }
    }
    return new Decision(
        release, held, stalled, CampaignState.RUNNING, wave, text(wave, sizes.size()));
  }

  /** Why it cannot begin though its turn has come. */
  private Optional<String> now(BareJid device) {
    return field.unready(device).or(() -> redundancy.holds(device));
  }

  private String later(Member member, int own) {
    return member.passed()
        ? "passed over, still wanted: " + now(member.device()).orElse("back for the next wave")
        : text(own, sizes.size()) + ": after wave " + (own - 1);
  }

  private static String text(int wave, int waves) {
    return "wave %d of %d".formatted(wave, waves);
  }

  private String sum() {
    Map<CampaignMember.State, Integer> counts = new LinkedHashMap<>();
    members.forEach(member -> counts.merge(member.state(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((state, count) -> words.add(count + " " + state.wire()));
    return String.join(", ", words);
  }
}
