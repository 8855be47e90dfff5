// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.alarm.AlarmRules;
import energy.muster.console.language.Help;
import energy.muster.console.language.LineReader;
import energy.muster.console.session.ConsoleSession;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.ParsedLine;

/** Completes verbs, then devices, areas, orders and the words of the language. */
final class LineCompleter implements Completer {
  private static final List<String> ORDERS = List.of("mine", "held", "open", "failed", "all");
  private static final List<String> AFTER =
      List.of(
          "that",
          "are",
          "and",
          "on",
          "off",
          "available",
          "unavailable",
          "restricted",
          "faulty",
          "open",
          "closed",
          "above",
          "below",
          "except",
          "from",
          "steps",
          "every",
          "tier",
          "branch",
          "feeder",
          "group",
          "to",
          "now",
          "needs",
          "at",
          "for",
          "until",
          "by",
          "when",
          "because",
          "urgent",
          "emergency",
          "within",
          "deliver",
          "execute",
          "only",
          "no",
          "maintenance",
          "revision",
          "set",
          "leaseSeconds",
          "note",
          "twoPersons",
          "alarmContacts",
          "alarm");
  private static final List<String> OF_RULES =
      List.of(
          "at",
          "above",
          "below",
          "deadband",
          "after",
          "over",
          "latching",
          "not",
          "critical",
          "high",
          "medium",
          "low",
          "off",
          "within",
          "because");
  private static final List<String> ALARMS =
      List.of("open", "mine", "unacknowledged", "shelved", "all", "report");
  private static final List<String> ON_ALARMS =
      List.of(
          "alarm",
          "ack",
          "comment",
          "shelve",
          "unshelve",
          "escalate",
          "reset",
          "service",
          "suppress",
          "unsuppress");
  private static final List<String> OF_ORDERS = List.of("order", "cancel", "campaign", "up");
  private static final List<String> ON_CAMPAIGNS = List.of("pause", "resume", "abort", "approve");
  private static final List<String> ON_PROPOSALS = List.of("accept", "release");
  private static final List<String> OF_ROLLOUTS =
      List.of(
          "of",
          "in",
          "waves",
          "go",
          "on",
          "at",
          "stop",
          "failures",
          "most",
          "a",
          "group",
          "away",
          "pass",
          "over",
          "after",
          "nobody",
          "from",
          "until",
          "within",
          "because");
  private static final List<String> ROOMS = List.of("join", "leave", "say");
  private static final List<String> KINDS =
      List.of("loads", "generators", "switches", "meters", "devices");

  private final ConsoleSession session;

  LineCompleter(ConsoleSession session) {
    this.session = session;
  }

  @Override
  public void complete(
      org.jline.reader.LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> words =
        line.words().subList(0, line.wordIndex()).stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    candidates(words).stream().map(Candidate::new).forEach(candidates::add);
  }

  private List<String> candidates(List<String> before) {
    if (before.isEmpty()) {
      return LineReader.verbs();
    }
    String verb = before.get(0);
    String last = before.get(before.size() - 1);
    if (verb.equals("help")) {
      return Help.topics();
    } else if (verb.equals("orders")) {
      return ORDERS;
    } else if (verb.equals("alarms") && before.size() == 1) {
      return ALARMS;
    } else if (verb.equals("configure") && last.equals("alarm")) {
      return rules();
    } else if (verb.equals("configure") && before.contains("alarm")) {
      return OF_RULES;
    } else if (ON_ALARMS.contains(last)) {
      return session.openAlarms().stream().map(String::valueOf).toList();
    } else if (verb.equals("publish") && before.size() == 1) {
      return List.of("duty", "firmware", "policy", "prices", "releases", "tariff");
    } else if (ON_CAMPAIGNS.contains(verb) && before.size() == 1) {
      return List.of("campaign");
    } else if (verb.equals("upgrade") && before.contains("to")) {
      return OF_ROLLOUTS;
    } else if (ROOMS.contains(verb) && before.size() == 1) {
      return areas("");
    } else if (verb.equals("export") && before.size() == 1) {
      return List.of("order");
    } else if (verb.equals("give") && before.size() == 1) {
      return List.of("up");
    } else if (OF_ORDERS.contains(last)) {
      return session.recentOrders().stream().map(DocumentId::brief).toList();
    } else if (last.equals("branch") || last.equals("feeder") || last.equals("tier")) {
      return areas(last + "-");
    } else if (last.equals("group") || last.equals("area")) {
      return areas("");
    }
    if ((verb.equals("emergency") && before.size() == 1) || last.endsWith(":")) {
      return LineReader.verbs();
    }
    List<String> all = new ArrayList<>();
    session.mirror().all().stream()
        .map(Contact::device)
        .map(device -> device.local())
        .forEach(all::add);
    all.addAll(KINDS);
    if (before.size() > 1 || verb.equals("who")) {
      all.addAll(AFTER);
    } else if (ON_PROPOSALS.contains(verb)) {
      all.add("proposal");
    }
    return all;
  }

  /** What devices watch for of themselves. */
  private static List<String> rules() {
    TreeSet<String> names = new TreeSet<>();
    for (DeviceKind kind : DeviceKind.values()) {
      AlarmRules.defaultsFor(kind).all().forEach(rule -> names.add(rule.name().text()));
    }
    return List.copyOf(names);
  }

  private List<String> areas(String prefix) {
    TreeSet<String> names = new TreeSet<>();
    for (Contact contact : session.mirror().all()) {
      contact.areas().stream()
          .map(Area::name)
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .forEach(names::add);
    }
    return List.copyOf(names);
  }
}
