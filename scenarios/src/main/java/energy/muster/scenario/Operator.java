// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.console.face.Paint;
import energy.muster.console.face.TextFace;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.console.session.LineResult;
import energy.muster.console.session.OrderRecord;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Colleague;
import energy.muster.presence.Contact;
import energy.muster.presence.Duty;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Seat;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A person at a console: what they type, and what they see of it. */
public final class Operator implements AutoCloseable {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

  private final Scene scene;
  private final Certified person;
  private final ConsoleSession session;
  private final TextFace face;
  private final List<Event> seen;
  private final String prompt;
  private final AtomicBoolean quiet;

  private Operator(
      Scene scene,
      Certified person,
      ConsoleSession session,
      TextFace face,
      List<Event> seen,
      String prompt,
      AtomicBoolean quiet) {
    this.scene = scene;
    this.person = person;
    this.session = session;
    this.face = face;
    this.seen = seen;
    this.prompt = prompt;
    this.quiet = quiet;
  }

  static Operator sitDown(
      Scene scene, BareJid account, Duration patience, Duration idleAfter, InstantSource clock)
      throws IOException, InterruptedException {
    List<Event> seen = new CopyOnWriteArrayList<>();
    AtomicBoolean quiet = new AtomicBoolean();
    TextFace face = new TextFace(Paint.PLAIN, ZoneId.systemDefault(), scene.transcript()::line);
    ConsoleSession session =
        Seat.take(
            scene.stage(),
            account,
            patience,
            idleAfter,
            clock,
            event -> {
              seen.add(event);
              if (!quiet.get() || !(event instanceof FirmwareEvent)) {
                face.show(event);
              }
            });
    Certified person = scene.stage().folder().identity(account).certified();
    return new Operator(scene, person, session, face, seen, account.local() + "> ", quiet);
  }

  /** Waits until the person sees those of the devices that the person's areas cover. */
  void awaitSight(List<DeviceSpec> devices) throws InterruptedException {
    for (DeviceSpec device : devices) {
      BareJid jid = scene.stage().folder().jid(device.name());
      if (person.grants().stream().anyMatch(grant -> grant.area().covers(jid, device.areas()))) {
        scene.awaitUntold(
            prompt + "sees " + device.name(),
            SEEN_WITHIN,
            () -> contact(device.name()).isPresent(),
            () -> "");
      }
    }
  }

  /** Types a line, whatever becomes of it. */
  public LineResult says(String line) throws InterruptedException {
    face.echo(prompt, line);
    return session.run(line);
  }

  /** Types a line that must do what it asks. */
  public void does(String line) throws InterruptedException {
    if (!says(line).ok()) {
      throw new StoryFailure("'" + line + "' did not succeed");
    }
  }

  /** Types an order that every device it addresses must refuse for that reason. */
  public void refused(String line, String reason) throws InterruptedException {
    says(line);
    does("expect refused " + reason);
  }

  /** Types an order that the service itself must not take. */
  public void declined(String line, String reason) throws InterruptedException {
    int before = seen.size();
    says(line);
    List<Event> since = seen.subList(before, seen.size());
    if (since.stream()
        .noneMatch(
            event ->
                event instanceof Event.Declined declined
                    && declined.refusal().reason().wire().equals(reason))) {
      throw new StoryFailure("'" + line + "' was not declined as " + reason);
    }
    scene.check(true, "the service declines it as " + reason);
  }

  /** The device's own signed answer has been verified and shown. */
  public void answered(String device, String result) {
    scene.check(hasAnswer(device, result), signed(device, result));
  }

  /** As {@link #answered}, perhaps only later. */
  public void awaitAnswer(String device, String result, Duration within)
      throws InterruptedException {
    scene.await(signed(device, result), within, () -> hasAnswer(device, result));
  }

  private boolean hasAnswer(String device, String result) {
    return seen.stream()
        .anyMatch(
            event ->
                event instanceof Event.Answered answered
                    && answered.outcome().header().issuer().local().equals(device)
                    && answered.outcome().result().state().wire().equals(result));
  }

  private static String signed(String device, String result) {
    return device + " answered '" + result + "' with its own signature";
  }

  /** The service has told this person without being asked. */
  public void told(String kind, String device) throws InterruptedException {
    told(kind, device, TOLD_WITHIN);
  }

  public void told(String kind, String device, Duration within) throws InterruptedException {
    scene.await(
        prompt + "is told: " + kind + " " + device,
        within,
        () ->
            seen.stream()
                .anyMatch(
                    event ->
                        event instanceof Event.Noticed noticed
                            && noticed.kind().equals(kind)
                            && noticed
                                .device()
                                .filter(jid -> jid.local().equals(device))
                                .isPresent()));
  }

  /** The service has told this person of an order as a whole. */
  public void told(String kind, Duration within) throws InterruptedException {
    scene.await(
        prompt + "is told: " + kind,
        within,
        () ->
            seen.stream()
                .anyMatch(
                    event ->
                        event instanceof Event.Noticed noticed && noticed.kind().equals(kind)));
  }

  public void sees(String text) {
    scene.check(scene.transcript().says(text), "the transcript says \"" + text + "\"");
  }

  /** The service's journal holds such an order of this person with that end. */
  public void journaled(String verb, String device, String state) throws InterruptedException {
    scene.check(
        hasJournaled("orders", verb, device, state),
        "the journal has: " + verb + " " + device + " " + state);
  }

  /** The journal comes to hold such an order, of this person or a colleague, with that end. */
  public void ends(String verb, String device, String state, Duration within)
      throws InterruptedException {
    long patience = System.nanoTime() + within.toNanos();
    while (!hasJournaled("orders all", verb, device, state)) {
      if (System.nanoTime() > patience) {
        throw new StoryFailure("the journal has no " + verb + " " + device + " " + state);
      }
      scene.pause(BETWEEN_QUESTIONS);
    }
    scene.check(true, "the journal has: " + verb + " " + device + " " + state);
  }

  private boolean hasJournaled(String line, String verb, String device, String state)
      throws InterruptedException {
    DeliveryState end = DeliveryState.ofWire(state).orElseThrow();
    return orders(line).stream()
        .filter(order -> order.verb().filter(verb::equals).isPresent())
        .anyMatch(
            order ->
                order.deliveries().entrySet().stream()
                    .anyMatch(
                        entry ->
                            entry.getKey().local().equals(device)
                                && entry.getValue().state() == end));
  }

  /** Every order in the service's journal that this person may see, as {@code shed load-48}. */
  public List<String> ordered() throws InterruptedException {
    return orders("orders all").stream()
        .flatMap(
            order ->
                order.deliveries().keySet().stream()
                    .map(device -> order.verb().orElse("?") + " " + device.local()))
        .toList();
  }

  /** Types what shows the newest of this person's orders, with all that happened to it. */
  public void looksAtNewestOrder() throws InterruptedException {
    does("order " + newestOrder());
  }

  /** The id of the newest of this person's orders. */
  public String newestOrder() throws InterruptedException {
    return orders("orders mine").stream()
        .map(order -> order.id().text())
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new StoryFailure("there is no order"));
  }

  private List<OrderRecord> orders(String line) throws InterruptedException {
    int before = seen.size();
    session.run(line);
    return seen.subList(before, seen.size()).stream()
        .filter(Event.Orders.class::isInstance)
        .flatMap(event -> ((Event.Orders) event).orders().stream())
        .toList();
  }

  /** What a line brings, without showing that it was typed: for what is asked again and again. */
  public List<Event> quietly(String line) throws InterruptedException {
    int before = seen.size();
    quiet.set(true);
    try {
      session.run(line);
    } finally {
      quiet.set(false);
    }
    return List.copyOf(seen.subList(before, seen.size()));
  }

  /** Whom the service tells this person of. */
  public List<Colleague> people() throws InterruptedException {
    int before = seen.size();
    session.run("who people");
    return seen.subList(before, seen.size()).stream()
        .filter(Event.Staffed.class::isInstance)
        .flatMap(event -> ((Event.Staffed) event).people().stream())
        .toList();
  }

  /** Waits until the service says that of a colleague, asking again and again. */
  public void awaitDuty(String person, Duty duty, Duration within) throws InterruptedException {
    long patience = System.nanoTime() + within.toNanos();
    while (people().stream()
        .noneMatch(other -> other.person().local().equals(person) && other.duty() == duty)) {
      if (System.nanoTime() > patience) {
        throw new StoryFailure(person + " is not " + duty.words() + " but " + people());
      }
      scene.pause(BETWEEN_QUESTIONS);
    }
    scene.check(true, prompt + person + " is " + duty.words());
  }

  /** A colleague has said something like it. */
  public void hears(String person, String text, Duration within) throws InterruptedException {
    scene.await(
        prompt + "hears " + person + ": " + text,
        within,
        () ->
            seen.stream()
                .anyMatch(
                    event ->
                        event instanceof Event.Spoken spoken
                            && spoken.from().local().equals(person)
                            && spoken.text().contains(text)));
  }

  /** The room has shown something like it, said by somebody or by itself. */
  public void hearsInRoom(String room, String text, Duration within) throws InterruptedException {
    scene.await(
        prompt + "hears in " + room + ": " + text,
        within,
        () ->
            seen.stream()
                .anyMatch(
                    event ->
                        event instanceof Event.RoomSpoken line
                            && line.room().equals(room)
                            && line.text().contains(text)));
  }

  public Optional<Contact> contact(String device) {
    return session.mirror().all().stream()
        .filter(contact -> contact.device().local().equals(device))
        .findFirst();
  }

  public ConsoleSession session() {
    return session;
  }

  public List<Event> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    scene.left(this);
    session.close();
  }
}
