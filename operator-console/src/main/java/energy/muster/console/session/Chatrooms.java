// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Line;
import energy.muster.link.LinkException;
import energy.muster.link.RoomLine;
import energy.muster.link.Rooms;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The areas' rooms that this person is in, also over a new connection. What is said in them is
 * shown and never read as a line.
 */
final class Chatrooms {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Set<String> entered = new ConcurrentSkipListSet<>();
  private final InstantSource clock;
  private final Consumer<Event> events;
  private volatile Optional<Instant> lately = Optional.empty();

  Chatrooms(InstantSource clock, Consumer<Event> events) {
    this.clock = clock;
    this.events = events;
  }

  LineResult run(Rooms rooms, Line.OfRooms line) throws InterruptedException {
    if (line instanceof Line.Join join) {
      answer(rooms.enter(join.room(), Optional.empty()));
      entered.add(join.room());
      say("you are in the room " + join.room());
    } else if (line instanceof Line.Leave leave) {
      if (!entered.remove(leave.room())) {
        say("you are not in the room " + leave.room());
        return new LineResult.Done(false);
      }
      answer(rooms.leave(leave.room()));
      say("you have left the room " + leave.room());
    } else if (line instanceof Line.Say said) {
      answer(rooms.say(said.room(), said.text()));
    } else {
      List<String> open = answer(rooms.open());
      events.accept(new Event.RoomsListed(clock.instant(), open, List.copyOf(entered)));
    }
    return new LineResult.Done(true);
  }

  private static <T> T answer(CompletableFuture<T> asked) throws InterruptedException {
    try {
      return asked.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LinkException("no answer within " + ANSWER.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new LinkException(String.valueOf(e.getCause().getMessage()), e);
    }
  }

  /** A new session is in no room yet; what it missed there is told. */
  void returnTo(Supplier<Rooms> proven) {
    Optional<Duration> since = lately.map(last -> Duration.between(last, clock.instant()));
    for (String room : entered) {
      CompletableFuture<Void> unused =
          proven
              .get()
              .enter(room, since)
              .whenComplete(
                  (in, problem) -> {
                    // Cut once more, it is tried once more.
                    if (problem instanceof Refused) {
                      expelled(room);
                    }
                  });
    }
  }

  void heard(RoomLine line) {
    lately = Optional.of(clock.instant());
    events.accept(
        new Event.RoomSpoken(
            line.past().orElseGet(clock::instant), line.room(), line.speaker(), line.text()));
  }

  void expelled(String room) {
    if (entered.remove(room)) {
      say("you are no longer in the room " + room + "; join " + room + " asks to be let in again");
    }
  }

  private void say(String text) {
    events.accept(new Event.Said(clock.instant(), text));
  }
}
