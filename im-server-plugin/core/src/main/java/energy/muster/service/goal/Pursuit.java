// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a goal has come, and who is asked next. It counts what devices have signed; what they
 * have announced only decides how many are asked at once. Knows no time, disk or network.
 */
public final class Pursuit {
  /** What can be known of the candidates when they are to be asked. */
  public interface Field {
    /** What the device announces that it could shed now; empty where it cannot be asked. */
    Optional<Power> announced(BareJid device);

    /**
     * Why this one must not be asked, if there is a reason.
     *
     * @param perhapsShed those of this goal that have shed or may be doing so
     */
    Optional<String> forbids(Candidate candidate, Set<BareJid> perhapsShed);
  }

  /** Where a goal stands. */
  public enum Verdict {
    PURSUED,
    MET,
    /** Nobody is left to ask, and nobody who was asked is expected to answer. */
    SHORT
  }

  private enum Mark {
    /** Not asked yet, or passed over for now. */
    WAITING,
    ASKED,
    /** Asked, and no answer in good time; it may yet come. */
    SILENT,
    SHED,
    /** Contributes nothing any more. */
    OUT
  }

  private static final class Place {
    private final Candidate candidate;
    private Mark mark = Mark.WAITING;

    /** Expected while it is asked, signed once it has shed. */
    private Power counted = Power.ZERO;

    private String passedOver = "";

    private Place(Candidate candidate) {
      this.candidate = candidate;
    }

    private boolean perhapsShed() {
      return mark == Mark.ASKED || mark == Mark.SILENT || mark == Mark.SHED;
    }
  }

  private final Map<BareJid, Place> places = new LinkedHashMap<>();
  private final Power goal;
  private boolean ended;

  /**
   * @param candidates in the order in which they are to be asked
   */
  public Pursuit(Power goal, List<Candidate> candidates) {
    this.goal = goal;
    candidates.forEach(each -> places.put(each.device(), new Place(each)));
  }

  public Power goal() {
    return goal;
  }

  /** Whom to ask now, in order: as many as the goal still needs by what they announce. */
  public List<BareJid> ask(Field field) {
    List<BareJid> asked = new ArrayList<>();
    if (ended) {
      return asked;
    }
    for (Place place : places.values()) {
      if (expected().compareTo(goal) >= 0) {
        break;
      }
      if (place.mark == Mark.WAITING && mayBeAsked(place, field)) {
        asked.add(place.candidate.device());
      }
    }
    return asked;
  }

  private boolean mayBeAsked(Place place, Field field) {
    Optional<Power> announced = field.announced(place.candidate.device());
    Optional<String> reason =
        announced.isEmpty()
            ? Optional.of("it was not there")
            : field.forbids(place.candidate, perhapsShed());
    place.passedOver = reason.orElse("");
    if (reason.isPresent()) {
      return false;
    }
    place.mark = Mark.ASKED;
    place.counted = announced.get().min(place.candidate.most());
    return true;
  }

  private Power expected() {
    return sum(Mark.SHED).plus(sum(Mark.ASKED));
  }

  /** What the devices have signed, each counted for no more than it was asked for. */
  public Power shed() {
    return sum(Mark.SHED);
  }

  private Power sum(Mark mark) {
    return places.values().stream()
        .filter(place -> place.mark == mark)
        .map(place -> place.counted)
        .reduce(Power.ZERO, Power::plus);
  }

  /** From the journal: it was asked by a service that is gone. */
  public void wasAsked(BareJid device) {
    Place place = places.get(device);
    place.mark = Mark.ASKED;
    place.counted = place.candidate.most();
  }

  /** It has signed that it shed so much. */
  public void shed(BareJid device, Power signed) {
    Place place = places.get(device);
    place.mark = Mark.SHED;
    place.counted = signed.min(place.candidate.most());
  }

  /** It has refused or failed, or its delivery ended in another way. */
  public void out(BareJid device) {
    places.get(device).mark = Mark.OUT;
  }

  /** It had its time to answer; the goal does not wait for it any longer, if it did. */
  public boolean silent(BareJid device) {
    Place place = places.get(device);
    boolean waited = place.mark == Mark.ASKED;
    if (waited) {
      place.mark = Mark.SILENT;
    }
    return waited;
  }

  /** Whether it is still to be asked. */
  public boolean waits(BareJid device) {
    return places.get(device).mark == Mark.WAITING;
  }

  /** Whether it was asked and nothing is known of it since. */
  public boolean unanswered(BareJid device) {
    Mark mark = places.get(device).mark;
    return mark == Mark.ASKED || mark == Mark.SILENT;
  }

  /** Those that have shed, or may be doing so. */
  public Set<BareJid> perhapsShed() {
    Set<BareJid> devices = new LinkedHashSet<>();
    for (Place place : places.values()) {
      if (place.perhapsShed()) {
        devices.add(place.candidate.device());
      }
    }
    return devices;
  }

  /** Where it stands, directly after {@link #ask} has asked whom it could. */
  public Verdict verdict() {
    if (shed().compareTo(goal) >= 0) {
      return Verdict.MET;
    }
    return places.values().stream().anyMatch(place -> place.mark == Mark.ASKED)
        ? Verdict.PURSUED
        : Verdict.SHORT;
  }

  /**
   * Nobody is asked any more.
   *
   * @return those who never were, each with why
   */
  public Map<BareJid, String> end() {
    boolean met = verdict() == Verdict.MET;
    ended = true;
    Map<BareJid, String> notAsked = new LinkedHashMap<>();
    for (Place place : places.values()) {
      if (place.mark == Mark.WAITING) {
        place.mark = Mark.OUT;
        notAsked.put(place.candidate.device(), why(met, place));
      }
    }
    return notAsked;
  }

  private static String why(boolean met, Place place) {
    if (met) {
      return "not needed: goal met";
    }
    return "not asked: "
        + (place.passedOver.isEmpty() ? "the time to ask was over" : place.passedOver);
  }

  public boolean ended() {
    return ended;
  }

  /** {@code 320 kW of 500 kW by 8 devices, 180 kW are missing; no answer of 1 yet}. */
  public String words() {
    long devices = places.values().stream().filter(place -> place.mark == Mark.SHED).count();
    long silent =
        places.values().stream()
            .filter(place -> place.mark == Mark.SILENT || place.mark == Mark.ASKED)
            .count();
    return shed()
        + " of "
        + goal
        + " by "
        + devices
        + (devices == 1 ? " device" : " devices")
        + (shed().compareTo(goal) < 0 ? ", " + goal.minus(shed()) + " are missing" : "")
        + (silent > 0 ? "; no answer of " + silent + " yet" : "");
  }
}
