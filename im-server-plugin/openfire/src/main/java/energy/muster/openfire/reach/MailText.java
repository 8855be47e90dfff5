// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import energy.muster.alarm.AlarmEntry;
import energy.muster.service.reach.Errand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An alarm in words, for somebody who has no console before them. */
final class MailText {
  private MailText() {}

  static String subject(Errand errand) {
    AlarmEntry alarm = errand.alarm();
    return clean(
        "[%s] %s: %s %s (alarm %d)"
            .formatted(
                errand.site(), alarm.priority(), where(alarm), alarm.rule(), alarm.number()));
  }

  static String body(Errand errand) {
    AlarmEntry alarm = errand.alarm();
    Map<String, Optional<String>> facts = new LinkedHashMap<>();
    facts.put("what", Optional.of(alarm.text()));
    facts.put("device", Optional.of(alarm.device().toString()));
    facts.put("branch", alarm.branch().map(Object::toString));
    facts.put("rule", Optional.of(alarm.rule() + ", " + alarm.priority()));
    facts.put(
        "since", Optional.of(alarm.since() + (alarm.clockSure() ? "" : " by an unsure clock")));
    facts.put("over", alarm.returned().map(Object::toString));
    facts.put("place", alarm.location().map(Object::toString));
    facts.put(
        "explains",
        alarm.children() == 0 ? Optional.empty() : Optional.of(alarm.children() + " more"));
    return "Nobody who is there has taken on alarm "
        + alarm.number()
        + " of "
        + errand.site()
        + ".\n\n"
        + facts.entrySet().stream()
            .filter(fact -> fact.getValue().isPresent())
            .map(fact -> "  %-9s %s\n".formatted(fact.getKey(), clean(fact.getValue().get())))
            .collect(Collectors.joining())
        + "\nIt stood so at "
        + errand.at()
        + ". To take it on, open a console and type: ack "
        + alarm.number()
        + "\nThis mail is not signed. Nobody reads an answer to it, and no answer acts.\n";
  }

  private static String where(AlarmEntry alarm) {
    return alarm.branch().map(Object::toString).orElse(alarm.device().local());
  }

  /** What a device wrote must not look like another line of ours. */
  private static String clean(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
