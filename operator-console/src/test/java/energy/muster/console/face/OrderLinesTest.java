// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.console.session.Event;
import energy.muster.console.session.Sample;
import energy.muster.console.session.Standing;
import energy.muster.document.DocumentId;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Orders that take their time, as a person reads of them. */
final class OrderLinesTest {
  private static final Instant AT = Instant.parse("2026-06-01T12:03:22Z");
  private static final BareJid LOAD = TestPki.jid("load-48");
  private static final DocumentId ORDER = new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T1R0CD");

  private final List<String> lines = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private int bells;
  private final TextFace face =
      new TextFace(
          Paint.PLAIN,
          ZoneOffset.UTC,
          new Screen() {
            @Override
            public void print(String text) {
              lines.add(text);
            }

            @Override
            public void status(String text) {
              statuses.add(text);
            }

            @Override
            public void bell() {
              bells++;
            }
          });

  private static Standing standing(DeliveryState state, String text) {
    return new Standing(state, Optional.empty(), text);
  }

  @Test
  void aTallyIsReplacedUntilItIsOver() {
    face.show(
        new Event.Tally(
            AT,
            ORDER,
            3,
            Map.of(DeliveryState.EXECUTED, 2L, DeliveryState.HELD, 1L),
            Optional.empty()));
    assertThat(lines).isEmpty();
    assertThat(statuses).containsExactly("2 of 3 answered: 2 executed; 1 held");
    face.show(new Event.Tally(AT, ORDER, 3, Map.of(DeliveryState.EXECUTED, 3L), Optional.empty()));
    assertThat(statuses).last().isEqualTo("");
    assertThat(lines).containsExactly("12:03:22 order T1R0CD: 3 of 3 answered: 3 executed");
  }

  @Test
  void anOrderThatWaitsSaysWhyUntilWhenAndHowToTakeItBack() {
    Standing held = standing(DeliveryState.HELD, "held: required available, it is restricted: oil");
    face.show(new Event.Accepted(AT, ORDER, Map.of(LOAD, held)));
    face.show(
        new Event.Resting(AT, ORDER, Map.of(LOAD, held), Optional.empty(), AT.plusSeconds(60)));
    face.show(
        new Event.Resting(
            AT,
            ORDER,
            Map.of(LOAD, standing(DeliveryState.RECEIVED, "")),
            Optional.of(AT.plusSeconds(60)),
            AT.plusSeconds(90)));
    assertThat(lines)
        .containsExactly(
            "12:03:22 load-48   held      required available, it is restricted: oil",
            "12:03:22 order T1R0CD waits until 12:04:22; cancel T1R0CD takes it back",
            "12:03:22 load-48   received  the device has it",
            "12:03:22 order T1R0CD is for 12:04:22; cancel T1R0CD takes it back");
  }

  @Test
  void manyThatWaitForTheSameAreOneLine() {
    Map<BareJid, Standing> deliveries = new LinkedHashMap<>();
    for (int n = 1; n <= 4; n++) {
      deliveries.put(
          TestPki.jid("sw" + n), standing(DeliveryState.HELD, "held: wave 2 of 2: after wave 1"));
    }
    deliveries.put(LOAD, standing(DeliveryState.HELD, ""));
    face.show(new Event.Accepted(AT, ORDER, deliveries));

    assertThat(lines)
        .containsExactly(
            "12:03:22 order T1R0CD accepted for 5 devices",
            "12:03:22 4 devices held      wave 2 of 2: after wave 1",
            "12:03:22 load-48   held      not there now; sent if it comes back in time");
  }

  @Test
  void whatADeviceStillTakesIsSaidTheShorterWay() {
    Set<Verb> most = EnumSet.complementOf(EnumSet.of(Verb.UPGRADE));
    assertThat(Tables.takes(most)).isEqualTo("everything but upgrade");
    assertThat(Tables.takes(EnumSet.allOf(Verb.class))).isEqualTo("everything");
    assertThat(Tables.takes(EnumSet.of(Verb.READ, Verb.CANCEL))).isEqualTo("read, cancel");
    assertThat(Tables.takes(Set.of())).isEqualTo("nothing");
  }

  @Test
  void endsAreSaidInWords() {
    face.show(new Event.TooLate(AT, ORDER, LOAD, standing(DeliveryState.EXECUTED, "off")));
    face.show(new Event.TooLate(AT, ORDER, LOAD, standing(DeliveryState.EXPIRED, "")));
    face.show(new Event.GivenUp(AT, ORDER, LOAD, "rebuilt"));
    face.show(
        new Event.Noticed(
            AT, "unconfirmed", Optional.of(ORDER), Optional.of(LOAD), "nobody knows", true));
    face.show(
        new Event.Noticed(AT, "expired", Optional.of(ORDER), Optional.of(LOAD), "void", false));
    assertThat(lines)
        .containsExactly(
            "12:03:22 load-48   too late. it was executed already: off",
            "12:03:22 load-48   void      it was expired already",
            "12:03:22 load-48   uncertain rebuilt",
            "12:03:22 unconfirmed: nobody knows; look at the device, or give up T1R0CD because nobody"
                + " will ever know");
  }

  @Test
  void whoWatchesIsCalled() {
    Contact contact =
        new Contact(
            TestPki.jid("gen-3"),
            Set.of(),
            Optional.of(Sample.generator(Operating.OFF, Optional.empty())),
            Certainty.REAL,
            AT,
            Optional.empty());
    face.show(new Event.Available(AT, contact));
    face.show(
        new Event.Watched(
            AT,
            List.of(LOAD, contact.device()),
            List.of(LOAD, contact.device()),
            Map.of("loads that are off", List.of()),
            List.of(LOAD)));
    assertThat(bells).isEqualTo(1);
    assertThat(lines)
        .containsExactly(
            "12:03:22 gen-3     is available: OFF, ready, fuel 81 %",
            "watching load-48 (available now), gen-3",
            "watching loads that are off, whoever that is: now nobody");
  }
}
