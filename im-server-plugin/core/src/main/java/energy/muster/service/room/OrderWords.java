// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Order;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An order and what becomes of it, in lines for people: its part for one area's devices. */
final class OrderWords {
  private static final int NAMED = 5;
  private static final int LONGEST_TEXT = 300;

  /** What XML 1.0 can carry, without line breaks: these words come from far away. */
  private static final Pattern UNSHOWN =
      Pattern.compile(
          "[^\\x{20}-\\x{7E}\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Ends that somebody may have to do something about. */
  private static final Set<DeliveryState> UNDONE =
      EnumSet.of(DeliveryState.REFUSED, DeliveryState.FAILED, DeliveryState.UNCERTAIN);

  private final Command command;
  private final boolean whole;
  private final List<BareJid> devices;

  OrderWords(Order order, List<Delivery> part) {
    command = order.submission().command();
    devices = part.stream().map(Delivery::device).toList();
    whole = devices.size() == order.deliveries().size();
  }

  /** {@code op-1: shed load-48, load-49 (order 3F2K7C), until 2026-06-01 13:00 UTC: peak}. */
  String order() {
    List<String> words = new ArrayList<>();
    words.add(
        "%s: %s %s (order %s)"
            .formatted(
                command.header().issuer().local(),
                command.verb(),
                named(devices),
                id(command.id())));
    arguments(command.instruction()).ifPresent(words::add);
    // How much is asked of all would tell of devices that are not this area's.
    command.goal().filter(any -> whole).ifPresent(goal -> words.add(goal + " in all"));
    command.executeAt().ifPresent(at -> words.add("at " + TIME.format(at)));
    command.until().ifPresent(end -> words.add("until " + TIME.format(end)));
    return String.join(", ", words) + command.reason().map(why -> ": " + shown(why)).orElse("");
  }

  private static Optional<String> arguments(Instruction instruction) {
    String words = null;
    if (instruction instanceof Instruction.Limit limit) {
      words = "to at most " + limit.max();
    } else if (instruction instanceof Instruction.SetPoint point) {
      words = "to " + point.target();
    } else if (instruction instanceof Instruction.Select select) {
      words = "for " + select.operate();
    } else if (instruction instanceof Instruction.Restrict restrict) {
      words = restrict.reason().wire() + " " + restrict.note();
    } else if (instruction instanceof Instruction.Reset reset) {
      words = reset.counter();
    } else if (instruction instanceof Instruction.Configure settings) {
      words = "revision " + settings.revision();
    } else if (instruction instanceof Instruction.Overrule overrule) {
      words = overrule.over() ? "so that prices count again" : "prices";
    } else if (instruction instanceof Instruction.SetTariff tariff) {
      words = tariff.document().toString();
    } else if (instruction instanceof Instruction.Cancel cancel) {
      words = "which takes back order " + id(cancel.command());
    }
    return Optional.ofNullable(words).map(OrderWords::shown);
  }

  /** {@code load-48: executed, off (order 3F2K7C)}. */
  String answer(BareJid device, DeliveryState state, String text) {
    return answer(device, text.isBlank() ? state.wire() : state + ", " + text, command.id());
  }

  static String answer(BareJid device, String text, DocumentId order) {
    return "%s: %s (order %s)".formatted(device.local(), shown(text), id(order));
  }

  /** {@code shed (order 3F2K7C): 412 executed, 3 refused, 585 open}. */
  String progress(Map<BareJid, DeliveryState> states) {
    return "%s (order %s): %s".formatted(command.verb(), id(command.id()), counted(states));
  }

  /** {@code shed (order 3F2K7C) is over: 998 executed, 2 refused; not done: load-3, load-9}. */
  String end(Map<BareJid, DeliveryState> states) {
    List<BareJid> undone =
        states.entrySet().stream()
            .filter(each -> UNDONE.contains(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return "%s (order %s) is over: %s%s"
        .formatted(
            command.verb(),
            id(command.id()),
            counted(states),
            undone.isEmpty() ? "" : "; not done: " + named(undone));
  }

  private static String counted(Map<BareJid, DeliveryState> states) {
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    int open = 0;
    for (DeliveryState state : states.values()) {
      if (state.terminal() || state == DeliveryState.UNCONFIRMED) {
        counts.merge(state, 1, Integer::sum);
      } else {
        open++;
      }
    }
    List<String> words = new ArrayList<>();
    counts.keySet().stream()
        .filter(DeliveryState::terminal)
        .forEach(state -> words.add(counts.get(state) + " " + state));
    Optional.ofNullable(counts.get(DeliveryState.UNCONFIRMED))
        .ifPresent(count -> words.add(count + " unconfirmed"));
    if (open > 0) {
      words.add(open + " open");
    }
    return String.join(", ", words);
  }

  private static String named(List<BareJid> devices) {
    String first =
        devices.stream().limit(NAMED).map(BareJid::local).collect(Collectors.joining(", "));
    return devices.size() <= NAMED ? first : first + " and " + (devices.size() - NAMED) + " more";
  }

  private static String id(DocumentId order) {
    return order.brief();
  }

  private static String shown(String text) {
    String line = UNSHOWN.matcher(text).replaceAll(" ").strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
