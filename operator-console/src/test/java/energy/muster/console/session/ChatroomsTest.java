// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.link.RoomLine;
import energy.muster.link.Rooms;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is typed about rooms, and what rooms say. */
final class ChatroomsTest {
  private static final String ROOM = "branch-60";

  private final List<String> asked = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private boolean open = true;
  private final Chatrooms chatrooms = new Chatrooms(() -> now, events::add);
  private final Rooms rooms =
      new Rooms() {
        @Override
        public CompletableFuture<List<String>> open() {
          return CompletableFuture.completedFuture(List.of(ROOM, "feeder-123"));
        }

        private CompletableFuture<Void> done(String what) {
          asked.add(what);
          return open
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.failedFuture(
                  new Refused(Reason.UNKNOWN, "there is no such room"));
        }

        @Override
        public CompletableFuture<Void> enter(String room, Optional<Duration> past) {
          return done("enter " + room + past.map(ago -> " " + ago.toSeconds() + " s").orElse(""));
        }

        @Override
        public CompletableFuture<Void> leave(String room) {
          return done("leave " + room);
        }

        @Override
        public CompletableFuture<Void> say(String room, String text) {
          return done("say " + room + ": " + text);
        }
      };

  private void types(String line) throws InterruptedException {
    assertThat(chatrooms.run(rooms, (Line.OfRooms) LineReader.read(line)).ok()).isTrue();
  }

  @Test
  void linesAboutRoomsAreUnderstood() {
    assertThat(LineReader.read("join branch 60")).isEqualTo(new Line.Join(ROOM));
    assertThat(LineReader.read("join Branch-60")).isEqualTo(new Line.Join(ROOM));
    assertThat(LineReader.read("leave group critical-loads"))
        .isEqualTo(new Line.Leave("critical-loads"));
    assertThat(LineReader.read("say branch-60 shed load-48, \"now\""))
        .isEqualTo(new Line.Say(ROOM, "shed load-48, \"now\""));
    assertThat(LineReader.read("rooms")).isEqualTo(new Line.Rooms());
  }

  @Test
  void aLineThatNamesNoRoomOrSaysNothingIsAMistake() {
    for (String line :
        List.of("join", "join *", "join branch 60 now", "say branch-60", "leave @")) {
      assertThatThrownBy(() -> LineReader.read(line)).as(line).isInstanceOf(Hint.class);
    }
  }

  @Test
  void whatIsTypedIsAskedOfTheRooms() throws InterruptedException {
    types("join branch-60");
    types("say branch-60 good morning");
    types("rooms");
    types("leave branch-60");

    assertThat(asked)
        .containsExactly("enter branch-60", "say branch-60: good morning", "leave branch-60");
    assertThat(events)
        .contains(new Event.RoomsListed(now, List.of(ROOM, "feeder-123"), List.of(ROOM)));
  }

  @Test
  void nobodyLeavesARoomThatTheyAreNotIn() throws InterruptedException {
    assertThat(chatrooms.run(rooms, new Line.Leave(ROOM)).ok()).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void aRoomThatDoesNotOpenIsARefusal() {
    open = false;
    assertThatThrownBy(() -> types("join branch-60")).isInstanceOf(Refused.class);

    chatrooms.returnTo(() -> rooms);
    assertThat(asked).containsExactly("enter branch-60");
  }

  @Test
  void aNewConnectionGoesBackInAndAsksForWhatWasMissed() throws InterruptedException {
    types("join branch-60");
    chatrooms.heard(new RoomLine(ROOM, Optional.of("op-2"), "hello", Optional.empty()));
    now = now.plusSeconds(30);

    chatrooms.returnTo(() -> rooms);

    assertThat(asked).containsExactly("enter branch-60", "enter branch-60 30 s");
  }

  @Test
  void whoeverIsExpelledIsToldOnceAndStaysOut() throws InterruptedException {
    types("join branch-60");
    events.clear();

    chatrooms.expelled(ROOM);
    chatrooms.expelled(ROOM);
    chatrooms.returnTo(() -> rooms);

    assertThat(events).hasSize(1);
    assertThat(asked).containsExactly("enter branch-60");
  }

  @Test
  void aLineIsShownWithItsTimeAndItsSpeaker() {
    Instant past = now.minusSeconds(60);
    chatrooms.heard(new RoomLine(ROOM, Optional.of("op-2"), "shed load-48", Optional.of(past)));
    chatrooms.heard(new RoomLine(ROOM, Optional.empty(), "load-48: executed", Optional.empty()));

    assertThat(events)
        .containsExactly(
            new Event.RoomSpoken(past, ROOM, Optional.of("op-2"), "shed load-48"),
            new Event.RoomSpoken(now, ROOM, Optional.empty(), "load-48: executed"));
  }
}
