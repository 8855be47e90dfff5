// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.service.alarm.EscalationFacts.Case;
import energy.muster.service.alarm.EscalationFacts.Lately;
import energy.muster.service.alarm.EscalationFacts.Offer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of escalation once more, in the plainest words: names, seconds and lists. It shares
 * nothing with the service but what its users were told.
 */
final class EscalationModel {
  private static final int[] SECONDS = {20, 30, 40};
  private static final int ACKNOWLEDGED_FOR = 100;
  private static final int BACK_WITHIN = 35;
  private static final int OFFER_STANDS = 900;
  private static final int CHATTER_SECONDS = 60;
  private static final int CHATTER_COUNT = 5;
  private static final List<List<String>> ASKED =
      List.of(List.of("op-1"), List.of("op-2", "op-3"), List.of("op-1", "op-2", "op-3", "op-4"));
  private static final List<String> STRANGERS = List.of("op-2", "op-4");
  private static final Map<String, List<String>> COVERED_BY =
      Map.of("load-1", List.of("op-1", "op-2", "op-3"), "load-2", List.of("op-1", "op-3", "op-4"));

  private final Map<String, Case> open = new TreeMap<>();
  private final Map<String, Lately> lately = new HashMap<>();
  private final Map<String, Offer> offers = new TreeMap<>();
  private final Map<String, String> duty = new HashMap<>();
  private final TreeSet<String> met = new TreeSet<>();
  private final TreeSet<String> online = new TreeSet<>();
  private final TreeSet<String> awaited = new TreeSet<>();
  private Instant awaitedUntil = Instant.MAX;
  private Instant now;
  private long number;

  EscalationModel(Instant start) {
    now = start;
  }

  private boolean canBeAsked(String person) {
    return online.contains(person) ? duty.get(person).equals("on-duty") : awaited.contains(person);
  }

  private boolean hasLeft(String person) {
    return online.contains(person)
        ? duty.get(person).equals("off-duty")
        : !awaited.contains(person);
  }

  private Offer offerOf(Case it) {
    Offer offer = offers.get(it.owner);
    return offer != null && offer.alarms.contains(it.number) ? offer : null;
  }

  /**
   * Nobody who leaves or idles keeps an alarm, unless somebody who is there can still accept it.
   */
  private boolean isLost(Case it) {
    Offer offer = offerOf(it);
    boolean canBeAccepted = offer != null && now.isBefore(offer.until) && !hasLeft(offer.heir);
    return !canBeAccepted && (hasLeft(it.owner) || !it.ownerUntil.isAfter(now));
  }

  private List<String> of(int step, String device) {
    return ASKED.get(step).stream()
        .filter(person -> COVERED_BY.get(device).contains(person) && canBeAsked(person))
        .toList();
  }

  /** Tries three steps in a row, beginning with this one; going past the last is a new round. */
  private void ask(Case it, int first) {
    int round = it.round;
    for (int tried = 0; tried < 3; tried++) {
      int step = (first + tried) % 3;
      if (first + tried == 3) {
        round++;
      }
      if (!of(step, it.device).isEmpty()) {
        it.step = step;
        it.round = round;
        it.asked = of(step, it.device);
        it.next = now.plusSeconds(SECONDS[step]);
        return;
      }
    }
    it.step = 0;
    it.asked = List.of();
    it.next = null;
  }

  private void askAnew(Case it) {
    it.owner = null;
    it.round = 1;
    ask(it, 0);
  }

  private void peopleChanged() {
    for (Case it : open.values()) {
      if (it.owner != null) {
        if (isLost(it)) {
          askAnew(it);
        }
      } else if (it.asked.isEmpty()) {
        ask(it, 0);
      } else if (of(it.step, it.device).isEmpty()) {
        ask(it, it.step + 1);
      } else {
        it.asked = of(it.step, it.device);
      }
    }
  }

  void advance(Instant to) {
    while (true) {
      Instant first = to;
      for (Case it : open.values()) {
        Instant due = it.owner != null ? it.ownerUntil : it.next;
        // What a hand-over keeps beyond its time is looked at when that ends.
        if (due != null && due.isBefore(first) && due.isAfter(now)) {
          first = due;
        }
      }
      for (Offer offer : offers.values()) {
        if (offer.until.isBefore(first)) {
          first = offer.until;
        }
      }
      if (awaitedUntil.isBefore(first)) {
        first = awaitedUntil;
      }
      now = first;
      if (awaitedUntil.equals(now)) {
        awaited.clear();
        awaitedUntil = Instant.MAX;
        peopleChanged();
      }
      boolean acted = offers.values().removeIf(offer -> !offer.until.isAfter(now));
      for (Case it : open.values()) {
        if (it.owner != null && isLost(it)) {
          askAnew(it);
          acted = true;
        } else if (it.owner == null && it.next != null && !it.next.isAfter(now)) {
          ask(it, it.step + 1);
          acted = true;
        }
      }
      if (!acted && now.equals(to)) {
        return;
      }
    }
  }

  boolean active(String device, String rule) {
    Case it = open.get(device + "/" + rule);
    return it != null && it.active;
  }

  void raise(String device, String rule) {
    String point = device + "/" + rule;
    Lately before = lately.computeIfAbsent(point, any -> new Lately());
    if (!before.onsets.isEmpty()
        && !before.onsets.get(before.onsets.size() - 1).plusSeconds(CHATTER_SECONDS).isAfter(now)) {
      before = new Lately();
      lately.put(point, before);
    }
    before.onsets.add(now);
    long often =
        before.onsets.stream().filter(at -> at.plusSeconds(CHATTER_SECONDS).isAfter(now)).count();
    Case standing = open.get(point);
    if (standing != null) {
      standing.active = true;
    } else if (often > CHATTER_COUNT && before.closed != null) {
      before.closed.active = true;
      open.put(point, before.closed);
      if (hasLeft(before.closedBy)) {
        askAnew(before.closed);
      } else {
        own(before.closed, before.closedBy);
      }
    } else {
      Case it = new Case();
      it.number = ++number;
      it.device = device;
      open.put(point, it);
      askAnew(it);
    }
    before.closed = null;
  }

  void over(String device, String rule) {
    String point = device + "/" + rule;
    Case it = open.get(point);
    it.active = false;
    if (it.owner != null) {
      close(point, it.owner);
    }
  }

  private void close(String point, String by) {
    Case it = open.remove(point);
    Lately recent = lately.get(point);
    if (recent != null) {
      recent.closed = it;
      recent.closedBy = by;
    }
  }

  private void own(Case it, String person) {
    it.owner = person;
    it.ownerUntil = now.plusSeconds(ACKNOWLEDGED_FOR);
  }

  /** One of the open alarms, if there are any. */
  Optional<Long> pick(int which) {
    List<Case> all = List.copyOf(open.values());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()).number);
  }

  private String point(long which) {
    return open.entrySet().stream()
        .filter(each -> each.getValue().number == which)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  Optional<String> heir(String from) {
    return Optional.ofNullable(offers.get(from)).map(offer -> offer.heir);
  }

  Optional<String> owner(long which) {
    return Optional.ofNullable(open.get(point(which)).owner);
  }

  boolean does(String what, String person, long which) {
    String point = point(which);
    Case it = open.get(point);
    if (!COVERED_BY.get(it.device).contains(person)) {
      return false;
    }
    switch (what) {
      case "acknowledge" -> {
        Offer offer = it.owner == null ? null : offerOf(it);
        boolean heir = offer != null && offer.heir.equals(person);
        if (hasLeft(person)
            || (it.owner != null && !it.owner.equals(person) && !heir && !hasLeft(it.owner))) {
          return false;
        }
        own(it, person);
        if (!it.active) {
          close(point, person);
        }
      }
      case "comment" -> {
        if (person.equals(it.owner)) {
          own(it, person);
        }
      }
      case "escalate" -> {
        if (it.owner != null) {
          askAnew(it);
        } else {
          ask(it, it.step + 1);
        }
      }
      default -> throw new IllegalArgumentException(what);
    }
    return true;
  }

  void come(String person) {
    online.add(person);
    met.add(person);
    duty.put(person, "on-duty");
    peopleChanged();
  }

  void leave(String person) {
    online.remove(person);
    peopleChanged();
  }

  void says(String person, String word) {
    duty.put(person, word);
    peopleChanged();
  }

  /** Whether there is such a colleague; what the one cannot have of it is not offered. */
  boolean offers(String from, String heir) {
    if (!met.contains(heir) || STRANGERS.containsAll(List.of(from, heir))) {
      return false;
    }
    Offer offer = new Offer();
    offer.heir = heir;
    offer.until = now.plusSeconds(OFFER_STANDS);
    offer.alarms =
        open.values().stream()
            .filter(it -> from.equals(it.owner) && COVERED_BY.get(it.device).contains(heir))
            .map(it -> it.number)
            .toList();
    offers.put(from, offer);
    peopleChanged();
    return true;
  }

  /** The offer, which ends with that, if there is one. */
  private Offer take(String from, String heir) {
    Offer offer = offers.get(from);
    return offer != null && offer.heir.equals(heir) ? offers.remove(from) : null;
  }

  boolean accepts(String heir, String from) {
    Offer offer = take(from, heir);
    if (offer == null) {
      return false;
    }
    for (Map.Entry<String, Case> each : Map.copyOf(open).entrySet()) {
      Case it = each.getValue();
      if (!hasLeft(heir)
          && offer.alarms.contains(it.number)
          && (it.owner == null || it.owner.equals(from))) {
        own(it, heir);
        if (!it.active) {
          close(each.getKey(), heir);
        }
      }
    }
    peopleChanged();
    return true;
  }

  boolean declines(String heir, String from) {
    boolean stood = take(from, heir) != null;
    peopleChanged();
    return stood;
  }

  /** All streams are cut; whoever an alarm has to do with is waited for. */
  void restart() {
    online.clear();
    awaited.clear();
    for (Case it : open.values()) {
      if (it.owner != null) {
        awaited.add(it.owner);
        if (offerOf(it) != null) {
          awaited.add(offerOf(it).heir);
        }
      } else {
        awaited.addAll(it.asked);
      }
    }
    awaitedUntil = awaited.isEmpty() ? Instant.MAX : now.plusSeconds(BACK_WITHIN);
    peopleChanged();
  }

  Map<Long, String> words() {
    Map<Long, String> words = new TreeMap<>();
    for (Case it : open.values()) {
      String state =
          it.owner != null
              ? "acknowledged"
              : it.active ? "unacknowledged" : "returned-unacknowledged";
      Offer offer = it.owner == null ? null : offerOf(it);
      String owner =
          (it.owner == null ? "nobody" : it.owner + " until " + it.ownerUntil)
              + (offer == null ? "" : ", left to " + offer.heir + " until " + offer.until);
      String search =
          it.owner != null
              ? "asks none"
              : "asks %s, step %d of round %d, next %s"
                  .formatted(
                      new TreeSet<>(it.asked),
                      it.step + 1,
                      it.round,
                      Optional.ofNullable(it.next).map(Instant::toString));
      words.put(it.number, state + ", " + owner + ", " + search);
    }
    return words;
  }
}
