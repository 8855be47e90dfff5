// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a master IED has done for its branch and not undone, the last at the end. It outlives the
 * process: what is moved must be taken back, whoever remembers it. Used by one thread at a time.
 */
public final class Reliefs {
  private final Deque<Relief> all = new ArrayDeque<>();

  /** With what {@link #write} left. */
  public static Reliefs read(List<Fields> saved) {
    Reliefs reliefs = new Reliefs();
    for (Fields one : saved) {
      reliefs.all.add(
          one.some(
              known ->
                  new Relief(
                      known.value("device", BareJid::parse),
                      known.value("verb", Verb::named),
                      Power.kilowatts(known.decimal("kw")))));
    }
    return reliefs;
  }

  public ArrayNode write() {
    ArrayNode array = Json.array();
    all.forEach(
        relief ->
            array
                .addObject()
                .put("device", relief.device().toString())
                .put("verb", relief.verb().wire())
                .put("kw", relief.power().kilowatts()));
    return array;
  }

  void add(Relief relief) {
    all.add(relief);
  }

  Optional<Relief> last() {
    return Optional.ofNullable(all.peekLast());
  }

  void forget(BareJid device) {
    all.removeIf(relief -> relief.device().equals(device));
  }

  /** What somebody else has undone, as the devices show themselves. */
  void forgetUndone(Collection<Contact> contacts) {
    all.removeIf(relief -> known(relief, contacts).filter(relief::undone).isPresent());
  }

  /** It is the last to be undone. */
  void defer(BareJid device) {
    List<Relief> deferred = all.stream().filter(it -> it.device().equals(device)).toList();
    all.removeAll(deferred);
    deferred.forEach(all::addFirst);
  }

  Power moved() {
    return all.stream().map(Relief::power).reduce(Power.ZERO, Power::plus);
  }

  /** What is under way and does not show yet in what the branch carries, in kW. */
  BigDecimal promised(Collection<Contact> contacts) {
    return all.stream()
        .filter(relief -> known(relief, contacts).filter(relief::promised).isPresent())
        .map(relief -> relief.power().kilowatts())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The ties that are closed for it. */
  List<BareJid> ties() {
    return all.stream().filter(it -> it.verb() == Verb.CLOSE).map(Relief::device).toList();
  }

  static Optional<Contact> known(Relief relief, Collection<Contact> contacts) {
    return contacts.stream()
        .filter(contact -> contact.device().equals(relief.device()))
        .findFirst();
  }
}
