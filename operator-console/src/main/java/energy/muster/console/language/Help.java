// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The language, explained to whoever types {@code help}. */
public final class Help {
  /** What a newcomer is told to try. */
  public static final String FIRST = "Try: who    status gen-2    shed load-48 for 30 min    help";

  private static final String SELECTION =
      """
      Devices are named (load-48, load-50a) or described:
        loads | generators | switches | meters | devices
        … on branch 60 | on feeder 123 | in group critical-loads
        … that are on | off | starting | stopping | open | closed
        … that are available | restricted | unavailable | faulty | not on
        … above 10 kW | above 30 % | fuel below 20 %, joined by and
      available: there and unrestricted. What a device that is gone last said does not count.""";

  private static final String OPTIONS =
      """
      After any order, in any sequence:
        for 30 min | until 18:00 | until 2026-11-21T18:00Z   then it reverts
        because "storm coming"      kept with the order
        deliver within 10 min       not sent later (2 min)
        execute within 30 min       not done later (5 min)
        urgent                      before others, never past an interlock
        only if it is on            judged by the device; also off, open, closed""";

  private static final Map<String, String> TOPICS = new LinkedHashMap<>();

  static {
    TOPICS.put("who", "who [DEVICES]   lists who is there.\n" + SELECTION);
    TOPICS.put(
        "status",
        "status DEVICES         what is known here\nstatus DEVICES now     asks the device itself and shows its signed answer");
    for (String verb : List.of("shed", "restore", "start", "stop")) {
      TOPICS.put(
          verb,
          verb
              + " DEVICES [OPTIONS]   signed, sent, answered. Example: "
              + verb
              + (verb.startsWith("s") && !verb.equals("shed") ? " gen-2" : " load-48 for 30 min")
              + "\n"
              + OPTIONS);
    }
    TOPICS.put("open", "open SWITCH [OPTIONS]   selects the point, shows it, asks, operates");
    TOPICS.put("close", "close SWITCH [OPTIONS]   selects the point, shows it, asks, operates");
    TOPICS.put("select", "select SWITCH [to open|close]   the first half alone; good for 30 s");
    TOPICS.put("limit", "limit DEVICES to 20 kW [OPTIONS]   not above this power");
    TOPICS.put("set", "set DEVICES to 50 kW [OPTIONS]   run at this power");
    TOPICS.put(
        "restrict", "restrict DEVICES maintenance|instructed [OPTIONS]   takes them out of use");
    TOPICS.put("release", "release DEVICES [OPTIONS]   ends restrict");
    TOPICS.put("read", "read DEVICES   asks the device itself; the same as status … now");
    TOPICS.put(
        "let", "let PERSON look at DEVICES until 18:00|for 2 h   to any chat client, to look only");
    TOPICS.put("orders", "orders [mine|held|failed|all]   as the service keeps them");
    TOPICS.put(
        "order", "order ID   one order with its history; the last letters of the id will do");
    TOPICS.put(
        "export",
        "export order ID to FOLDER   sealed documents as DER: openssl cms -verify checks them");
    TOPICS.put("follow", "follow DEVICES, unfollow DEVICES   shows their changes as they come");
    TOPICS.put(
        "expect",
        """
        In scripts:
          expect executed | refused [REASON] | failed [REASON] | uncertain | expired   of the line before
          expect hint                                      the line before was not understood
          expect gen-2 on [and CONDITION] [within 30 s]    waits for it, 10 s unless said
          expect 12 loads that are on [within 30 s]        waits for the count"""
            .stripTrailing());
    TOPICS.put("quit", "quit   leaves; also Ctrl-D");
    TOPICS.put("devices", SELECTION);
    TOPICS.put("options", OPTIONS);
  }

  private Help() {}

  /** What can be asked about. */
  public static List<String> topics() {
    return List.copyOf(TOPICS.keySet());
  }

  /** The overview, or one topic. */
  public static String on(Optional<String> topic) {
    if (topic.isEmpty()) {
      return overview();
    }
    String asked = topic.get().equals("unfollow") ? "follow" : topic.get();
    String text = TOPICS.get(asked);
    return text != null
        ? text
        : "no help on '" + asked + "'" + Spelling.didYouMean(asked, TOPICS.keySet());
  }

  private static String overview() {
    StringBuilder text = new StringBuilder(FIRST).append("\n");
    TOPICS.values().stream()
        .map(topic -> topic.lines().findFirst().orElse(""))
        .filter(line -> !line.endsWith(":") && !line.startsWith("Devices are"))
        .forEach(line -> text.append("  ").append(line).append("\n"));
    return text.append("help devices, help options, help expect and help VERB say more.")
        .toString();
  }
}
