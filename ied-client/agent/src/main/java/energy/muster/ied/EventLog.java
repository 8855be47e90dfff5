// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.device.Events;
import energy.muster.ied.gate.Admission;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One line an event: words for people, or a JSON object for programs. Printed on a thread of its
 * own: whoever reads it may be slow or gone.
 */
final class EventLog implements Events, AutoCloseable {
  /** Far more than a burst; beyond it nobody reads, and a device must not wait for that. */
  private static final int MOST_UNREAD = 10_000;

  private final PrintWriter out;
  private final ExecutorService printer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_UNREAD),
          work -> {
            Thread thread = new Thread(work, "events");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());
  private final boolean json;
  private final InstantSource clock;

  EventLog(PrintWriter out, boolean json, InstantSource clock) {
    this.out = out;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void started(BareJid device) {
    print("started", device, event -> {});
  }

  @Override
  public void proven(BareJid device) {
    print("proven", device, event -> {});
  }

  @Override
  public void cut(BareJid device) {
    print("cut", device, event -> {});
  }

  @Override
  public void command(BareJid device, Admission admission) {
    print(
        "command",
        device,
        event ->
            event
                .put("id", admission.command().id().text())
                .put("verb", admission.verb().wire())
                .put("issuer", admission.issuer().jid().toString()));
  }

  @Override
  public void outcome(BareJid device, DocumentId command, Result result) {
    print(
        "outcome",
        device,
        event -> {
          event.put("id", command.text()).put("result", result.state().wire());
          if (result instanceof Result.Declined declined) {
            event.put("reason", declined.refusal().reason().wire());
          } else if (result instanceof Result.Failed failed) {
            event.put("reason", failed.refusal().reason().wire());
          }
          event.put("text", result.text());
        });
  }

  @Override
  public void unheeded(BareJid device, String from, Refusal refusal) {
    print(
        "unheeded",
        device,
        event ->
            event
                .put("from", from)
                .put("reason", refusal.reason().wire())
                .put("text", refusal.text()));
  }

  @Override
  public void suppressed(BareJid device, String sender, long count) {
    print("suppressed", device, event -> event.put("from", sender).put("count", count));
  }

  @Override
  public void undone(BareJid device, Verb verb) {
    print("undone", device, event -> event.put("verb", verb.wire()));
  }

  @Override
  public void warns(BareJid device, Warning warning, int peers) {
    print(
        "warns",
        device,
        event ->
            event
                .put("id", warning.header().id().text())
                .put("sees", warning.event().wire())
                .put("branch", warning.branch().name())
                .put("place", warning.place())
                .put("peers", peers)
                .put("seen", warning.header().issuedAt().toString()));
  }

  @Override
  public void reacts(BareJid device, WarningReport report) {
    print(
        "reacts",
        device,
        event -> {
          event
              .put("id", report.warning().text())
              .put("from", report.from().toString())
              .put("answer", report.answer().wire());
          report.reason().ifPresent(reason -> event.put("reason", reason.wire()));
          event.put("text", report.text()).put("done", report.header().issuedAt().toString());
        });
  }

  @Override
  public void alarm(BareJid device, Alarm alarm) {
    print(
        "alarm",
        device,
        event ->
            event
                .put("id", alarm.header().id().text())
                .put("occurrence", alarm.occurrence().text())
                .put("rule", alarm.rule().text())
                .put("is", alarm.event().wire())
                .put("priority", alarm.priority().wire())
                .put("since", alarm.since().toString())
                .put("text", alarm.text()));
  }

  @Override
  public void alarmTaken(BareJid device, Alarm alarm, OptionalLong number) {
    print(
        "taken",
        device,
        event -> {
          event
              .put("id", alarm.header().id().text())
              .put("rule", alarm.rule().text())
              .put("is", alarm.event().wire());
          number.ifPresent(called -> event.put("number", called));
        });
  }

  @Override
  public void readingsTaken(BareJid device, long sequence) {
    print("readingsTaken", device, event -> event.put("sequence", sequence));
  }

  @Override
  public void alarmTold(BareJid device, Alarm alarm, BareJid person) {
    print(
        "told",
        device,
        event ->
            event
                .put("id", alarm.header().id().text())
                .put("rule", alarm.rule().text())
                .put("to", person.toString()));
  }

  @Override
  public void trouble(BareJid device, String what) {
    print("trouble", device, event -> event.put("text", what));
  }

  @Override
  public void stopped(BareJid device, String reason) {
    print("stopped", device, event -> event.put("text", reason));
  }

  /** Notes when it happened; all else is done on the printer, where no device waits. */
  private void print(String name, BareJid device, Consumer<ObjectNode> details) {
    Instant at = clock.instant();
    printer.execute(
        () -> {
          ObjectNode event =
              Json.object()
                  .put("at", at.toString())
                  .put("event", name)
                  .put("device", device.toString());
          details.accept(event);
          out.println(json ? Json.text(event) : words(event));
          out.flush();
        });
  }

  /** Waits for a moment until all is printed. */
  @Override
  public void close() {
    printer.shutdown();
    try {
      printer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String words(ObjectNode event) {
    StringJoiner line = new StringJoiner(" ");
    event.fields().forEachRemaining(field -> line.add(field.getValue().asText()));
    return line.toString();
  }
}
