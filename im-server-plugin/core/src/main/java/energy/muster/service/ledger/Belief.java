// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Difference;
import energy.muster.presence.Operating;
import energy.muster.service.journal.Reversal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be so of a device by its last word and by its orders, compared with what it says when
 * it is back. Neither takes the place of the other in silence. Only for use at the desk.
 */
final class Belief {
  private Optional<Difference> difference;
  private Optional<Reversal> reversal;
  private Optional<Instant> doubted = Optional.empty();
  private Map<Aspect, String> unexplained = Map.of();
  private boolean told = true;

  Belief(Optional<Difference> difference, Optional<Reversal> reversal) {
    this.difference = difference;
    this.reversal = reversal;
  }

  Optional<Difference> difference() {
    return difference;
  }

  Optional<Reversal> reversal() {
    return reversal;
  }

  /** The device is on a new session: what it says first is to be compared. */
  void doubt(Instant lastHeard) {
    doubted = Optional.of(doubted.orElse(lastHeard));
  }

  /** Takes the first word after a return; whether it is other than was believed. */
  boolean compare(Optional<DevicePresence> believed, DevicePresence word, Instant now) {
    Optional<Instant> known = doubted;
    doubted = Optional.empty();
    if (known.isEmpty() || believed.isEmpty()) {
      return false;
    }
    Map<Aspect, String> expected = expected(believed.get(), known.get(), now);
    Map<Aspect, String> found = Aspect.of(word, now);
    found.entrySet().removeIf(one -> one.getValue().equals(expected.get(one.getKey())));
    if (underWay(believed.get().operating(), expected.get(Aspect.OPERATING), word.operating())) {
      found.remove(Aspect.OPERATING);
    }
    if (found.isEmpty()) {
      return false;
    }
    expected.keySet().retainAll(found.keySet());
    unexplained = found;
    difference = Optional.of(new Difference(now, words(expected), known.get(), words(found)));
    told = false;
    return true;
  }

  /** Its last word, with what was to go back by itself in the meantime gone back. */
  private Map<Aspect, String> expected(DevicePresence last, Instant known, Instant now) {
    Map<Aspect, String> all = new EnumMap<>(Aspect.of(last, now));
    reversal
        .filter(due -> known.isBefore(due.at()) && !now.isBefore(due.at()))
        .ifPresent(
            due -> {
              switch (due.verb()) {
                case SHED -> all.put(Aspect.OPERATING, Operating.ON.wire());
                case START -> all.put(Aspect.OPERATING, Operating.OFF.wire());
                case LIMIT -> all.put(Aspect.LIMIT, Aspect.UNLIMITED);
                default -> {
                  // Of a restriction its own word says until when; nothing else goes back.
                }
              }
            });
    return all;
  }

  /** Whether what was begun has come to its end, or what was to go back is going back. */
  private static boolean underWay(Operating was, String expected, Operating is) {
    return (was == Operating.STARTING && is == Operating.ON)
        || (was == Operating.STOPPING && is == Operating.OFF)
        || (was != Operating.OFF
            && expected.equals(Operating.OFF.wire())
            && is == Operating.STOPPING);
  }

  private static String words(Map<Aspect, String> all) {
    return all.values().stream()
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** People know of the difference. */
  void told() {
    told = true;
  }

  /**
   * By the device's signed word an order was carried out.
   *
   * @return whether there is no difference any more: the order explains it, or was given knowing it
   */
  boolean carriedOut(Command command) {
    Set<Aspect> changed = Aspect.changedBy(command.verb());
    if (changed.isEmpty()) {
      return false;
    }
    Verb verb = command.verb();
    reversal = command.until().map(until -> new Reversal(verb, until)).or(() -> stands(changed));
    if (difference.isEmpty()) {
      return false;
    }
    boolean explained =
        !unexplained.isEmpty()
            && unexplained.entrySet().stream()
                .allMatch(one -> one.getKey().madeBy(verb, one.getValue()));
    boolean knowing = told && command.header().issuedAt().isAfter(difference.get().at());
    if (explained || knowing) {
      difference = Optional.empty();
      unexplained = Map.of();
    }
    return difference.isEmpty();
  }

  private Optional<Reversal> stands(Set<Aspect> changed) {
    return reversal.filter(
        due -> Aspect.changedBy(due.verb()).stream().noneMatch(changed::contains));
  }
}
