// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.alarm.AlarmEntry;
import energy.muster.console.session.Event;
import energy.muster.identity.BareJid;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody at a console has been told of alarms. */
record Responder(Scene scene, String name, Operator operator) {
  /** Waits until somebody here is asked to take on an alarm of that rule; its number. */
  long asked(String rule, Duration within) throws InterruptedException {
    scene.await(
        name + " is asked to take on " + rule, within, () -> offers(rule).findAny().isPresent());
    return offers(rule).reduce((earlier, later) -> later).orElseThrow().number();
  }

  void neverAsked(String rule) {
    scene.check(offers(rule).findAny().isEmpty(), name + " was not asked to take on " + rule);
  }

  private Stream<AlarmEntry> offers(String rule) {
    return operator.seen().stream()
        .filter(Event.AlarmOffered.class::isInstance)
        .map(event -> ((Event.AlarmOffered) event).alarm())
        .filter(alarm -> alarm.rule().text().equals(rule));
  }

  /** Waits until this console knows whose the alarm is. */
  void learnsOwner(long number, String owner, Duration within) throws InterruptedException {
    scene.await(
        name + " learns that alarm " + number + " is " + owner + "'s",
        within,
        () ->
            operator.seen().stream()
                .filter(Event.AlarmChanged.class::isInstance)
                .map(event -> ((Event.AlarmChanged) event).alarm())
                .filter(alarm -> alarm.number() == number)
                .reduce((earlier, later) -> later)
                .flatMap(Responder::owner)
                .filter(owner::equals)
                .isPresent());
  }

  /** Whose the alarm is now, by the service. */
  Optional<String> owner(long number) throws InterruptedException {
    int before = operator.seen().size();
    operator.says("alarm " + number);
    List<Event> since = operator.seen().subList(before, operator.seen().size());
    return since.stream()
        .filter(Event.AlarmShown.class::isInstance)
        .map(event -> ((Event.AlarmShown) event).alarm())
        .findFirst()
        .flatMap(Responder::owner);
  }

  private static Optional<String> owner(AlarmEntry alarm) {
    return alarm.owner().map(AlarmEntry.Owner::person).map(BareJid::local);
  }
}
