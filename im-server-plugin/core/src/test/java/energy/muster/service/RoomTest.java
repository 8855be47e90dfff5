// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.desk.Failures;
import energy.muster.service.fixture.Heard;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.service.room.History;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may be in the room of an area, and what becomes of what is said there. */
final class RoomTest {
  private static final String ROOM = "branch-60";
  private static final Set<Area> ONLY_60 = Set.of(new Area(ROOM));

  private final World world = new World();
  private final Heard heard = new Heard();
  private final SigningIdentity first = world.pki.operator("op-1", ROOM);
  private final SigningIdentity second = world.pki.operator("op-2", ROOM);
  private FullJid op1;
  private FullJid op2;
  private FullJid device;

  @BeforeEach
  void twoOperatorsAndALoad() {
    world.service().rooms().voice(heard);
    device = world.prove(world.pki.device("load-48", ROOM, "feeder-123"), "k1");
    op1 = world.prove(first, "console");
    op2 = world.prove(second, "console");
  }

  private void enter(FullJid session) {
    join(world.service().rooms().enter(session, ROOM, session.bare().local(), History.ALL));
  }

  private void say(FullJid session, String text) {
    join(world.service().rooms().say(session, ROOM, text, Optional.of("m1")));
  }

  private static <T> T join(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (RuntimeException) Failures.cause(e);
    }
  }

  private static Reason refused(Runnable request) {
    try {
      request.run();
    } catch (Refused no) {
      return no.refusal().reason();
    }
    throw new AssertionError("not refused");
  }

  private Set<Area> open(FullJid session) {
    return join(world.service().rooms().open(session));
  }

  private boolean inside(FullJid session) {
    return join(world.service().rooms().holds(session, ROOM));
  }

  @Test
  void whoeverHasARoleInTheAreaEntersAndAllSeeIt() {
    enter(op1);
    heard.forget();

    enter(op2);

    assertThat(heard.by(op1)).containsExactly("op-2 here");
    assertThat(heard.by(op2))
        .containsExactly(
            "op-1 here",
            "op-2 here, self",
            "topic",
            "room: Nothing said here acts: orders are signed at a console. Here now: op-1, op-2.");
  }

  @Test
  void nobodyIsCalledByAnotherName() {
    join(world.service().rooms().enter(op1, ROOM, "op-2", History.ALL));

    assertThat(heard.by(op1)).contains("op-1 here, self, renamed");
  }

  @Test
  void onlyRoomsThatMayBeEnteredAreListed() {
    FullJid everywhere = world.prove(world.pki.operator("chief", "*"), "console");
    FullJid stranger = world.prove(world.pki.operator("op-3", "branch-7"), "console");

    assertThat(open(op1)).isEqualTo(ONLY_60);
    assertThat(open(everywhere)).containsExactly(new Area(ROOM), new Area("feeder-123"));
    assertThat(open(stranger)).containsExactly(new Area("branch-7"));
    assertThat(open(device)).isEmpty();
    assertThat(open(world.open("op-9", "phone"))).isEmpty();
  }

  @Test
  void aGroupHasARoomOnlyWhereSomebodyAnswersForIt() {
    world.prove(world.pki.device("load-49", ROOM, "tier-1", "metering"), "k1");
    world.prove(world.pki.operator("op-6", "metering"), "console");
    FullJid everywhere = world.prove(world.pki.operator("chief", "*"), "console");

    assertThat(open(everywhere))
        .containsExactly(new Area(ROOM), new Area("feeder-123"), new Area("metering"));
    assertThat(
            refused(
                () ->
                    join(
                        world.service().rooms().enter(everywhere, "tier-1", "chief", History.ALL))))
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void whoeverMayNotEnterIsAnsweredAsForNoRoom() {
    FullJid stranger = world.prove(world.pki.operator("op-3", "branch-7"), "console");
    FullJid publisher =
        world.prove(world.pki.identity("tariffs", Role.TARIFF_PUBLISHER, "*"), "console");
    FullJid unproven = world.open("op-4", "phone");
    FullJid pattern = world.prove(world.pki.operator("op-5", "device:load-4*"), "console");

    for (FullJid each : Set.of(stranger, publisher, unproven, pattern, device)) {
      assertThat(refused(() -> enter(each))).as(each.toString()).isEqualTo(Reason.UNKNOWN);
      assertThat(refused(() -> say(each, "hello"))).isEqualTo(Reason.UNKNOWN);
      assertThat(refused(() -> inside(each))).isEqualTo(Reason.UNKNOWN);
    }
    for (String name : Set.of("branch-99", "*", "device:load-48", "no such room")) {
      assertThat(refused(() -> join(world.service().rooms().enter(op1, name, "op-1", History.ALL))))
          .as(name)
          .isEqualTo(Reason.UNKNOWN);
    }
  }

  @Test
  void aLineIsHeardByAllAndBySpeaker() {
    enter(op1);
    enter(op2);
    heard.forget();

    say(op1, "good morning");

    assertThat(heard.by(op1)).containsExactly("op-1: good morning");
    assertThat(heard.by(op2)).containsExactly("op-1: good morning");
  }

  @Test
  void whoeverIsOutsideNeitherSpeaksNorHears() {
    enter(op1);
    assertThat(refused(() -> say(op2, "hello"))).isEqualTo(Reason.PRECONDITION);

    say(op1, "alone");

    assertThat(heard.by(op2)).isEmpty();
  }

  @Test
  void aNewcomerIsToldOfTheLastLinesAndNoMoreThanAskedFor() {
    enter(op1);
    for (int line = 1; line <= 23; line++) {
      say(op1, "line " + line);
      world.pass(Duration.ofSeconds(2));
    }
    enter(op2);
    assertThat(heard.lines(op2)).hasSize(21).contains("op-1: line 4 (past)");
    assertThat(heard.lines(op2)).doesNotContain("op-1: line 3 (past)");

    join(world.service().rooms().leave(op2, ROOM));
    heard.forget();
    join(world.service().rooms().enter(op2, ROOM, "op-2", new History(1, Optional.empty())));
    assertThat(heard.lines(op2)).hasSize(2).startsWith("op-1: line 23 (past)");

    heard.forget();
    Optional<Instant> lately = Optional.of(world.clock.in(Duration.ofSeconds(-5)));
    join(world.service().rooms().enter(op2, ROOM, "op-2", new History(20, lately)));
    assertThat(heard.lines(op2)).hasSize(3);
  }

  @Test
  void linesAreLimitedASpeaker() {
    enter(op1);
    for (int line = 0; line < 10; line++) {
      say(op1, "again");
    }
    assertThat(refused(() -> say(op1, "again"))).isEqualTo(Reason.RATE_LIMITED);

    world.pass(Duration.ofSeconds(10));

    say(op1, "later");
    assertThat(refused(() -> say(op1, " "))).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(refused(() -> say(op1, "x".repeat(1_001)))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void leavingIsSeenAndEndsHearing() {
    enter(op1);
    enter(op2);
    heard.forget();

    join(world.service().rooms().leave(op1, ROOM));
    say(op2, "gone?");

    assertThat(heard.by(op1)).containsExactly("op-1 left, self");
    assertThat(heard.by(op2)).containsExactly("op-1 left", "op-2: gone?");
  }

  @Test
  void theEndOfASessionIsALeaving() {
    enter(op1);
    enter(op2);
    heard.forget();

    world.cut(op1);

    assertThat(heard.by(op2)).containsExactly("op-1 expelled");
  }

  @Test
  void aRevokedCertificateExpels() {
    enter(op1);
    enter(op2);
    heard.forget();

    world.pki.revoke(first);
    world.service().replaceTrust(world.pki.trust());

    assertThat(heard.by(op1)).containsExactly("op-1 expelled, self");
    assertThat(heard.by(op2)).containsExactly("op-1 expelled");
    assertThat(refused(() -> enter(op1))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void aNewerCertificateForAnotherAreaExpels() {
    enter(op1);

    world.prove(world.pki.operator("op-1", "branch-7"), "other");

    assertThat(heard.by(op1)).endsWith("op-1 expelled, self");
  }

  @Test
  void anotherClientOfTheAccountFollowsTheOneThatProvedTheKey() {
    FullJid phone = world.open("op-2", "phone");
    assertThat(open(phone)).isEmpty();
    assertThat(refused(() -> enter(phone))).isEqualTo(Reason.UNKNOWN);

    enter(op1);
    enter(op2);
    heard.forget();
    assertThat(open(phone)).isEqualTo(ONLY_60);
    enter(phone);
    say(phone, "on my way");

    assertThat(heard.by(op1))
        .containsExactly("room: op-2 is here with a chat client as well", "op-2: on my way");
    assertThat(heard.lines(phone)).endsWith("op-2: on my way");
  }

  @Test
  void aPersonIsInTheRoomAsLongAsOneOfTheirClientsIs() {
    FullJid phone = world.open("op-2", "phone");
    enter(op1);
    enter(op2);
    enter(phone);
    heard.forget();

    world.cut(phone);
    assertThat(heard.by(op1)).isEmpty();

    join(world.service().rooms().leave(op2, ROOM));
    assertThat(heard.by(op1)).containsExactly("op-2 left");
  }

  @Test
  void otherClientsLeaveWithTheOneThatProvedTheKey() {
    FullJid phone = world.open("op-2", "phone");
    enter(op2);
    enter(phone);
    heard.forget();

    world.cut(op2);

    assertThat(heard.by(phone)).containsExactly("op-2 expelled, self");
    assertThat(refused(() -> inside(phone))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void nothingThatIsSaidActs() {
    enter(op1);
    enter(op2);

    for (String line : Set.of("shed load-48", "/shed load-48", "op-1: shed load-48 now!")) {
      say(op1, line);
      assertThat(heard.lines(op2)).endsWith("op-1: " + line);
    }
    world.pass(Duration.ofMinutes(1));

    assertThat(world.journal.entries(Entry.Accepted.class)).isEmpty();
    assertThat(world.journal.entries(Entry.LineSaid.class)).isEmpty();
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
  }
}
