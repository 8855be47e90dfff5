// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The transfers that a master IED has begun and that are not known to be over. It outlives the
 * process: two feeders that a killed one left tied must be told to somebody. Used by one thread at
 * a time.
 */
public final class Moves {
  private final List<Move> all = new ArrayList<>();
  private final List<Move> untold = new ArrayList<>();

  /** With what {@link #write} left: whatever was under way was cut short. */
  public static Moves read(List<Fields> saved) {
    Moves moves = new Moves();
    saved.stream().map(Move::read).forEach(moves.all::add);
    moves.untold.addAll(moves.all);
    return moves;
  }

  public ArrayNode write() {
    ArrayNode array = Json.array();
    all.forEach(move -> move.write(array.addObject()));
    return array;
  }

  /** How many there are. */
  public int count() {
    return all.size();
  }

  /** What they may have taken off the branch, beside what its reliefs say. */
  Power perhaps() {
    return all.stream().filter(Move::away).map(Move::power).reduce(Power.ZERO, Power::plus);
  }

  List<BareJid> ties() {
    return all.stream().map(Move::tie).toList();
  }

  /** False if it was begun already. */
  boolean begin(Move move) {
    return !all.contains(move) && all.add(move);
  }

  void end(Move move) {
    all.remove(move);
    untold.remove(move);
  }

  /** Those that are over, as their switches say themselves. */
  List<Move> settled(Collection<Contact> contacts) {
    return all.stream().filter(move -> move.isSettled(contacts)).toList();
  }

  /** What a person must be told of one that was cut short, once for each. */
  Optional<Decision.Ask> cutShort(Collection<Contact> contacts) {
    Optional<Move> found = untold.stream().filter(move -> !move.isSettled(contacts)).findFirst();
    found.ifPresent(untold::remove);
    return found.map(
        move ->
            new Decision.Ask(
                move.trouble(
                    "the master IED was restarted meanwhile; " + move.transfer().words(contacts))));
  }
}
