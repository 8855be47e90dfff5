// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Candidates;
import energy.muster.console.session.Event;
import energy.muster.console.session.Ramp;
import energy.muster.console.session.Shortfall;
import energy.muster.identity.BareJid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a goal is planned and comes along, and how loads come back, in lines of text. */
final class GoalLines {
  /** As the service says it. */
  private static final String FLOOR = " keeps at least ";

  private final Lines lines;
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;

  GoalLines(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
  }

  /** Whether it was one of these. */
  boolean show(Event event) {
    if (event instanceof Event.Planned planned) {
      planned(planned);
    } else if (event instanceof Event.Pursuing pursuing) {
      lines.stamped(
          pursuing.at(),
          paint.quiet(
              "order "
                  + pursuing.order().brief()
                  + " accepted: "
                  + pursuing.goal()
                  + " from "
                  + pursuing.candidates()
                  + " candidates"));
    } else if (event instanceof Event.GoalEnded ended) {
      ended(ended);
    } else if (event instanceof Event.Ramped ramped) {
      ramped(ramped);
    } else {
      return false;
    }
    return true;
  }

  private void planned(Event.Planned planned) {
    lines.stamped(
        planned.at(),
        "shed "
            + planned.goal()
            + ": "
            + planned.candidates().size()
            + " candidates announce "
            + planned.announced()
            + "; asked in this order: "
            + named(planned.candidates()));
    lines.detail(
        planned.announced().compareTo(planned.goal().shed()) < 0
            ? paint.doubtful("that is not enough: what there is would be shed")
            : "the first " + planned.enough() + " announce enough");
    if (!planned.leftOut().isEmpty()) {
      lines.detail(
          "not asked: "
              + planned.leftOut().entrySet().stream()
                  .map(
                      entry -> entry.getKey().local() + " (" + Speech.clean(entry.getValue()) + ")")
                  .collect(Collectors.joining(", ")));
    }
    planned
        .floors()
        .forEach((area, power) -> lines.detail(area + " keeps at least " + power + " on"));
  }

  private static String named(List<Candidates.Candidate> candidates) {
    return candidates.stream()
        .map(each -> each.device().local() + " " + each.sheds())
        .collect(Collectors.joining(", "));
  }

  private void ended(Event.GoalEnded ended) {
    screen.status("");
    String counts =
        ended.counts().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    String sum = ended.shed() + " of " + ended.goal() + " shed; " + counts;
    lines.stamped(
        ended.at(),
        "order "
            + ended.order().brief()
            + ": "
            + verdict(ended)
            + sum
            + ended.lacking().map(lacking -> "; " + lacking.missing() + " missing").orElse(""));
    ended.lacking().ifPresent(this::why);
    if (!ended.open().isEmpty()) {
      lines.detail(
          "no answer yet of "
              + names(ended.open())
              + ", who may still carry it out until "
              + ended
                  .lacking()
                  .map(lacking -> speech.time(lacking.until(), ended.at()))
                  .orElse("its time is over"));
    }
    ended.lacking().ifPresent(lacking -> wayOut(ended, lacking));
  }

  private String verdict(Event.GoalEnded ended) {
    if (ended.met()) {
      return paint.good("goal met, ");
    }
    return ended.pursued() ? paint.doubtful("goal still pursued, ") : paint.bad("goal not met, ");
  }

  private void why(Shortfall lacking) {
    Map<String, List<BareJid>> refused = new LinkedHashMap<>();
    lacking
        .refused()
        .forEach(
            (device, standing) ->
                refused
                    .computeIfAbsent(
                        standing.reason().map(reason -> reason + ", ").orElse("")
                            + Speech.clean(standing.text()),
                        any -> new ArrayList<>())
                    .add(device));
    refused.forEach((reason, devices) -> lines.detail("refused: " + names(devices, reason)));
    if (!lacking.less().isEmpty()) {
      lines.detail(
          "less than asked: "
              + lacking.less().stream()
                  .map(
                      offer ->
                          offer.device().local() + " " + offer.given() + ", not " + offer.asked())
                  .collect(Collectors.joining("; ")));
    }
    Map<String, List<BareJid>> notAsked = new LinkedHashMap<>();
    lacking
        .notAsked()
        .forEach(
            (device, reason) ->
                notAsked
                    .computeIfAbsent(Speech.clean(reason), any -> new ArrayList<>())
                    .add(device));
    notAsked.forEach((reason, devices) -> lines.detail(names(devices, reason)));
  }

  /** What the operator can do about it. */
  private void wayOut(Event.GoalEnded ended, Shortfall lacking) {
    if (ended.pursued()) {
      String id = ended.order().brief();
      lines.detail("order " + id + " shows how it goes on; cancel " + id + " ends it");
      return;
    }
    lines.detail(
        "to make up for it: shed "
            + lacking.missing()
            + " from a wider area, or start a generator there (who generators that are off)");
    if (lacking.notAsked().values().stream().anyMatch(why -> why.contains(FLOOR))) {
      lines.detail("what stays on for a floor can only be shed by its name");
    }
    if (!lacking.open().isEmpty()) {
      lines.detail("order " + ended.order().brief() + " shows what is still answered");
    }
  }

  private static String names(List<BareJid> devices, String reason) {
    return names(devices) + " (" + reason + ")";
  }

  private void ramped(Event.Ramped ramped) {
    lines.stamped(
        ramped.at(),
        "restore in "
            + ramped.steps().size()
            + " steps: loads that were off draw more at first (cold-load pickup)");
    for (Ramp.Step step : ramped.steps()) {
      lines.detail(
          speech.time(step.at(), ramped.at()) + "  " + step.power() + ": " + names(step.devices()));
    }
  }

  private static String names(List<BareJid> devices) {
    return TextFace.names(devices);
  }
}
