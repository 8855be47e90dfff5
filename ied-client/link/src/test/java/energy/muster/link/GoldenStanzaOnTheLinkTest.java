// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import energy.muster.presence.Location;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenStanzaOnTheLinkTest {
  static Stream<GoldenStanza> requestsAndResults() {
    return Arrays.stream(GoldenStanza.values())
        .filter(golden -> golden.xml().startsWith("<iq") && !golden.name().startsWith("REFUSED"));
  }

  @ParameterizedTest
  @MethodSource("requestsAndResults")
  void anIqIsReadAsItsPayload(GoldenStanza golden) {
    PayloadIq read = (PayloadIq) Parsed.stanza(golden.xml());

    assertThat(read.read()).isEqualTo(ReadPayload.sound(golden.payload().orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("requestsAndResults")
  void anIqIsWrittenAsItStandsInTheFile(GoldenStanza golden) {
    IQ envelope = (IQ) Parsed.stanza(golden.xml());
    PayloadIq written =
        new PayloadIq(
            StanzaBuilder.buildIqData(envelope.getStanzaId())
                .ofType(envelope.getType())
                .from(envelope.getFrom())
                .to(envelope.getTo()),
            ReadPayload.sound(golden.payload().orElseThrow()));

    assertThat(golden.matches(xml(written))).as(xml(written)).isTrue();
  }

  @Test
  void aRefusalByTheServiceIsReadAsRefused() {
    IQ read = (IQ) Parsed.stanza(GoldenStanza.REFUSED_BY_SERVICE.xml());

    assertThat(StanzaErrors.read(read.getError()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.NOT_AUTHORISED));
  }

  @Test
  void aRefusalByTheDeviceIsWrittenAsItStandsInTheFile() {
    IQ question = (IQ) Parsed.stanza(GoldenStanza.DELIVER_SET.xml());
    IQ answer =
        StanzaErrors.refusing(question, new Refusal(Reason.MALFORMED, "field verb is missing"));

    answer.setFrom(question.getTo());

    assertThat(GoldenStanza.REFUSED_BY_DEVICE.matches(xml(answer))).as(xml(answer)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItsPayload(GoldenStanza golden) {
    assertThat(Parsed.stanza(golden.xml()).getExtensions())
        .singleElement()
        .isEqualTo(PayloadExtension.of(golden.payload().orElseThrow()));
  }

  static Stream<GoldenStanza> messages() {
    return Stream.of(
        GoldenStanza.CHANGES_MESSAGE,
        GoldenStanza.KEPT_MESSAGE,
        GoldenStanza.NOTICE_MESSAGE,
        GoldenStanza.REQUIRED_MESSAGE,
        GoldenStanza.PEERS_MESSAGE,
        GoldenStanza.WARNING_MESSAGE);
  }

  @Test
  void aWarningIsWrittenAsItStandsInTheFile() {
    GoldenStanza golden = GoldenStanza.WARNING_MESSAGE;
    Message written =
        Headlines.of(new BareJid("load-48", "grid.example"), golden.payload().orElseThrow());
    written.setFrom(Parsed.stanza(golden.xml()).getFrom());

    assertThat(golden.matches(xml(written))).as(xml(written)).isTrue();
    assertThat(Headlines.warning((Message) Parsed.stanza(golden.xml()))).isPresent();
  }

  @Test
  void aDevicesPresenceIsWrittenAsItStandsInTheFile() {
    GoldenStanza golden = GoldenStanza.PRESENCE_RESTRICTED;
    Presence written =
        Presences.of(
            new Announcement(
                Show.DND, "ON, critical process online, goes offline at 13:03", golden.payload()));

    assertThat(golden.matches(stamped(written, golden))).as(stamped(written, golden)).isTrue();
  }

  @Test
  void whereADeviceStandsIsTheStandardElement() {
    GoldenStanza golden = GoldenStanza.PRESENCE_LOCATED;
    Location place =
        new Location(
            new BigDecimal("52.1234"),
            new BigDecimal("4.5678"),
            Optional.of(BigDecimal.valueOf(5)),
            "behind the pump house");
    Presence written =
        Presences.of(
            new Announcement(
                Show.AVAILABLE,
                "ON, 210 kW",
                golden.payload(),
                Optional.empty(),
                Optional.of(place)));

    assertThat(golden.matches(stamped(written, golden))).as(stamped(written, golden)).isTrue();
  }

  @Test
  void aPersonsPresenceHasNoElementOfOurs() {
    GoldenStanza golden = GoldenStanza.PRESENCE_PERSON;
    Presence written = Presences.of(new Announcement(Show.AWAY, "in the field", Optional.empty()));

    assertThat(golden.matches(stamped(written, golden))).as(stamped(written, golden)).isTrue();
  }

  @Test
  void whoTypesNothingForLongIsIdleAsTheFileSays() {
    GoldenStanza golden = GoldenStanza.PRESENCE_IDLE;
    Presence written =
        Presences.of(
            new Announcement(
                Show.AWAY,
                "on duty",
                golden.payload(),
                Optional.of(Instant.parse("2026-03-02T11:55:00Z"))));

    assertThat(golden.matches(stamped(written, golden))).as(stamped(written, golden)).isTrue();
  }

  @Test
  void theLastPresenceGivesTheReason() {
    GoldenStanza golden = GoldenStanza.PRESENCE_GOODBYE;

    assertThat(golden.matches(stamped(Presences.leaving("maintenance until 14:00"), golden)))
        .isTrue();
  }

  @Test
  void aGoodbyeIsWhatStandsInTheFile() {
    Payload goodbye =
        Partings.goodbye(
            "maintenance until 14:00", Optional.of(Instant.parse("2026-03-02T14:00:00Z")));

    assertThat(goodbye).isEqualTo(GoldenStanza.GOODBYE_SET.payload().orElseThrow());
    assertThat(goodbye.wire()).isEqualTo(Wire.GOODBYE);
  }

  /** As the server passes it on, with the sender's address. */
  private static String stamped(Presence presence, GoldenStanza golden) {
    presence.setFrom(Parsed.stanza(golden.xml()).getFrom());
    return xml(presence);
  }

  private static String xml(Stanza stanza) {
    return stanza.toXML(XmlEnvironment.EMPTY).toString();
  }
}
