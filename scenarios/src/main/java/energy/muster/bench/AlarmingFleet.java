// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.config.DeviceConfig;
import energy.muster.ied.config.Secrets;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many devices in one process that raise alarms, each device one after the other, and each alarm
 * again until the service has answered it. Every tenth is critical. The line {@code calm N} raises
 * one after another, N in all; {@code storm N} has every device raise N as fast as it is answered;
 * {@code often N} has the first raise and end one and the same so often.
 */
public final class AlarmingFleet implements LinkListener {
  private static final int ONE_IN = 10;
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration APART = Duration.ofMillis(100);

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor();
  private static final AtomicInteger PROVEN = new AtomicInteger();
  private static final AtomicInteger RAISED = new AtomicInteger();

  private final String site;
  private final SigningIdentity identity;
  private Link link;
  private int rule;

  private AlarmingFleet(String site, SigningIdentity identity) {
    this.site = site;
    this.identity = identity;
  }

  /** Argument: a configuration as a gateway has it. */
  public static void main(String[] arguments) throws IOException {
    AgentConfig config = AgentConfig.read(Path.of(arguments[0]));
    List<AlarmingFleet> all = new ArrayList<>();
    for (DeviceConfig device : config.devices()) {
      AlarmingFleet one = new AlarmingFleet(config.site(), Secrets.identity(device));
      one.link = Links.open(ChangingFleet.link(config, device, true), one);
      one.link.announce(new Announcement(Show.AVAILABLE, "on", Optional.empty()));
      all.add(one);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        int count = Integer.parseInt(words[1]);
        switch (words[0]) {
          case "calm" -> calm(all, count, 0);
          case "often" -> all.get(0).often(count);
          default -> all.forEach(one -> one.storm(count));
        }
      }
    }
  }

  private static void calm(List<AlarmingFleet> all, int count, int done) {
    if (done < count) {
      var unused =
          all.get(done % all.size())
              .raise()
              .thenRun(() -> later(APART, () -> calm(all, count, done + 1)));
    }
  }

  private static void later(Duration time, Runnable then) {
    var unused = TIMER.schedule(then, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void storm(int count) {
    if (count > 0) {
      var unused = raise().thenRun(() -> storm(count - 1));
    }
  }

  private void often(int count) {
    if (count == 0) {
      say("often", 0, 0);
      return;
    }
    Alarm onset = alarm("chattering", Priority.LOW);
    var unused =
        send(onset)
            .thenCompose(
                number -> {
                  say("again", number, count);
                  return send(over(onset));
                })
            .thenRun(() -> later(APART, () -> often(count - 1)));
  }

  private static Alarm over(Alarm onset) {
    Instant now = Instant.now();
    Header header = onset.header();
    return new Alarm(
        new Header(header.type(), header.site(), DocumentId.next(now), header.issuer(), now),
        onset.occurrence(),
        onset.rule(),
        Alarm.Event.RETURN,
        onset.priority(),
        onset.reading(),
        onset.since(),
        onset.clockSure(),
        onset.latching(),
        "over",
        onset.location());
  }

  /** One alarm, of a rule that this device has not used yet. */
  private CompletionStage<Void> raise() {
    rule++;
    return send(alarm("bench-" + rule, rule % ONE_IN == 0 ? Priority.CRITICAL : Priority.MEDIUM))
        .thenAccept(AlarmingFleet::raised);
  }

  private Alarm alarm(String name, Priority priority) {
    Instant now = Instant.now();
    DocumentId id = DocumentId.next(now);
    BareJid self = identity.certified().jid();
    return new Alarm(
        new Header(DocumentType.ALARM, site, id, self, now),
        id,
        new RuleName(name),
        Alarm.Event.ONSET,
        priority,
        Optional.empty(),
        now,
        true,
        false,
        name + " of " + self.local(),
        Optional.empty());
  }

  /** Until it is answered; with its number. */
  private CompletionStage<Long> send(Alarm alarm) {
    CompletableFuture<Long> answered = new CompletableFuture<>();
    send(Sealer.seal(alarm.write(), alarm.header().issuedAt(), identity), answered);
    return answered;
  }

  private void send(Sealed alarm, CompletableFuture<Long> answered) {
    var unused =
        link.set(Payload.of(Wire.ALARM, alarm))
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    answered.complete(Fields.of(answer.requireJson()).integer("number"));
                  } else {
                    later(AGAIN, () -> send(alarm, answered));
                  }
                });
  }

  private static void raised(long number) {
    // One line after the other, so that the last one has the last count.
    synchronized (RAISED) {
      say("raised", number, RAISED.incrementAndGet());
    }
  }

  private static void say(String event, long number, int count) {
    System.out.println(
        Json.text(Json.object().put("event", event).put("number", number).put("count", count)));
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    return CompletableFuture.failedFuture(
        new Refused(Reason.UNSUPPORTED, "this device only raises alarms"));
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == LinkState.PROVEN) {
      say("proven", 0, PROVEN.incrementAndGet());
    }
  }
}
