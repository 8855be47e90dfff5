// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Power;
import energy.muster.console.language.Condition;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Name;
import energy.muster.console.language.Selection;
import energy.muster.console.language.Spelling;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The devices this account may see, as last heard of through its view. */
public final class Mirror {
  /** Numbers in names count as numbers: load-9 stands before load-10. */
  static final Comparator<BareJid> BY_NAME =
      Comparator.<BareJid, String>comparing(jid -> padded(jid.local()))
          .thenComparing(Comparator.naturalOrder());

  private static final int DIGITS = 9;

  /** In kW; nothing on a site draws more. */
  private static final BigDecimal MOST = BigDecimal.valueOf(10_000_000);

  private final Monitor monitor;
  private final String domain;
  private final Map<BareJid, Contact> contacts = new TreeMap<>(BY_NAME);
  private boolean filled;

  Mirror(Monitor monitor, String domain) {
    this.monitor = monitor;
    this.domain = domain;
  }

  private static String padded(String name) {
    StringBuilder text = new StringBuilder();
    int digits = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      if (Character.isDigit(name.charAt(i))) {
        digits++;
      } else {
        text.append(pad(digits));
        digits = 0;
      }
      text.append(name.charAt(i));
    }
    return text.append(pad(digits)).reverse().toString();
  }

  private static String pad(int digits) {
    return digits == 0 ? "" : "0".repeat(Math.max(0, DIGITS - digits));
  }

  void replace(List<Contact> all) {
    monitor.update(
        () -> {
          contacts.clear();
          all.forEach(contact -> contacts.put(contact.device(), contact));
          filled = true;
        });
  }

  /** Takes one change; the contact as it was before. */
  Optional<Contact> put(Contact contact) {
    return Optional.ofNullable(monitor.update(() -> contacts.put(contact.device(), contact)));
  }

  /** A device is out of sight. */
  void remove(BareJid device) {
    monitor.update(() -> contacts.remove(device));
  }

  /** A device has signed something then; its contact is at least that young. */
  void heard(BareJid device, Instant at) {
    monitor.update(
        () ->
            contacts.computeIfPresent(
                device,
                (jid, contact) -> contact.heard().isBefore(at) ? contact.heardAt(at) : contact));
  }

  boolean awaitFilled(Duration limit) throws InterruptedException {
    return monitor.await(() -> filled, limit);
  }

  boolean await(BooleanSupplier so, Duration limit) throws InterruptedException {
    return monitor.await(so, limit);
  }

  public List<Contact> all() {
    return monitor.read(() -> List.copyOf(contacts.values()));
  }

  Optional<Contact> contact(BareJid device) {
    return monitor.read(() -> Optional.ofNullable(contacts.get(device)));
  }

  /** Who is like that now; a name to leave out that nobody has is a hint. */
  List<Contact> matching(Selection.Matching selection) {
    selection.except().forEach(this::resolve);
    return all().stream().filter(selection::covers).toList();
  }

  /** A power that the device announces; nothing where it is none, such as power that flows back. */
  Optional<Power> announced(BareJid device, Quantity quantity) {
    return contact(device)
        .flatMap(Contact::presence)
        .flatMap(said -> said.quantity(quantity))
        .filter(value -> value.signum() >= 0 && value.compareTo(MOST) <= 0)
        .map(value -> Power.kilowatts(value.setScale(3, RoundingMode.HALF_UP)));
  }

  boolean holds(BareJid device, List<Condition> conditions) {
    return contact(device)
        .filter(contact -> conditions.stream().allMatch(condition -> condition.holds(contact)))
        .isPresent();
  }

  /** The devices meant, in the order of the line or by name; a hint when there is none. */
  List<BareJid> resolve(Selection selection) {
    if (selection instanceof Selection.Matching matching) {
      List<BareJid> devices = matching(matching).stream().map(Contact::device).toList();
      if (devices.isEmpty()) {
        throw new Hint(matching.column(), "no device you can see is like that now");
      }
      return devices;
    }
    List<BareJid> devices = new ArrayList<>();
    for (Name name : ((Selection.Named) selection).names()) {
      BareJid device = resolve(name);
      if (devices.contains(device)) {
        throw new Hint(name.column(), name + " is named twice");
      }
      devices.add(device);
    }
    return devices;
  }

  /** A whole address is taken as it is: the service says what it thinks of it. */
  private BareJid resolve(Name name) {
    BareJid jid = address(name);
    if (name.text().indexOf('@') < 0 && contact(jid).isEmpty()) {
      List<String> known =
          all().stream().map(contact -> contact.device().local()).collect(Collectors.toList());
      throw new Hint(
          name.column(),
          "no device you can see is called '"
              + name
              + "'"
              + Spelling.didYouMean(name.text(), known));
    }
    return jid;
  }

  /** Somebody of this domain, unless another is given. */
  BareJid address(Name name) {
    try {
      return name.text().indexOf('@') < 0
          ? new BareJid(name.text(), domain)
          : BareJid.parse(name.text());
    } catch (Refused e) {
      throw new Hint(name.column(), e.refusal().text());
    }
  }
}
