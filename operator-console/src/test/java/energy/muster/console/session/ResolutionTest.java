// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.console.language.Selection;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whom a description means: exactly those of whom every part of it is true. */
final class ResolutionTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  /** A part of a description, and who it is true of, said without the language. */
  private record Part(String text, Predicate<Contact> holds) {
    @Override
    public String toString() {
      return text;
    }
  }

  @Property
  void aDescriptionMeansWhomANaiveFilterFinds(
      @ForAll("sites") List<Contact> site,
      @ForAll("kinds") Part kind,
      @ForAll("areas") Part area,
      @ForAll("conditions") List<Part> conditions,
      @ForAll("exceptions") Set<Integer> except) {
    List<Contact> left = site.stream().filter(contact -> except.contains(number(contact))).toList();
    String text =
        (kind.text() + area.text() + said(conditions) + without(left)).replaceAll(" +", " ");
    Mirror mirror = new Mirror(new Monitor(), "grid.example");
    mirror.replace(site);
    Selection.Matching read =
        (Selection.Matching) ((Line.Status) LineReader.read("status " + text)).selection();

    List<Part> parts = new ArrayList<>(conditions);
    parts.add(kind);
    parts.add(area);
    Set<BareJid> expected =
        site.stream()
            .filter(contact -> !left.contains(contact))
            .filter(contact -> parts.stream().allMatch(part -> part.holds().test(contact)))
            .map(Contact::device)
            .collect(Collectors.toSet());
    assertThat(mirror.matching(read).stream().map(Contact::device))
        .as(text)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static int number(Contact contact) {
    return Integer.parseInt(contact.device().local().substring(2));
  }

  private static String said(List<Part> conditions) {
    return conditions.isEmpty()
        ? ""
        : " that are " + conditions.stream().map(Part::text).collect(Collectors.joining(" and "));
  }

  private static String without(List<Contact> left) {
    return left.isEmpty()
        ? ""
        : " except "
            + left.stream()
                .map(contact -> contact.device().local())
                .collect(Collectors.joining(", "));
  }

  @Provide
  Arbitrary<List<Contact>> sites() {
    return Combinators.combine(
            Arbitraries.of(DeviceKind.values()),
            Arbitraries.of("branch-60", "branch-13", "tier-1").set().ofMaxSize(3),
            Arbitraries.of(Operating.values()),
            Arbitraries.integers().between(0, 60),
            Arbitraries.of(Certainty.values()),
            Arbitraries.of(true, false))
        .as(
            (kind, areas, operating, percent, certainty, measured) ->
                new Contact(
                    new BareJid("d", "grid.example"),
                    areas.stream().map(Area::new).collect(Collectors.toSet()),
                    Optional.of(presence(kind, operating, percent, measured)),
                    certainty,
                    NOW,
                    Optional.empty()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(ResolutionTest::numbered);
  }

  private static DevicePresence presence(
      DeviceKind kind, Operating operating, int percent, boolean measured) {
    return new DevicePresence(
        1,
        kind,
        operating,
        Optional.empty(),
        Optional.empty(),
        measured ? Map.of(Quantity.LOAD, BigDecimal.valueOf(percent)) : Map.of(),
        List.of(),
        Duration.ofSeconds(60));
  }

  private static List<Contact> numbered(List<Contact> contacts) {
    List<Contact> numbered = new ArrayList<>();
    for (Contact contact : contacts) {
      numbered.add(
          new Contact(
              new BareJid("d-" + numbered.size(), "grid.example"),
              contact.areas(),
              contact.presence(),
              contact.certainty(),
              contact.heard(),
              contact.absence()));
    }
    return numbered;
  }

  @Provide
  Arbitrary<Part> kinds() {
    return Arbitraries.of(
        new Part("devices", contact -> true),
        new Part("loads", contact -> said(contact).kind() == DeviceKind.LOAD),
        new Part("switches", contact -> said(contact).kind() == DeviceKind.BREAKER));
  }

  @Provide
  Arbitrary<Part> areas() {
    return Arbitraries.of(
        new Part("", contact -> true),
        new Part(" on branch 60", contact -> contact.areas().contains(new Area("branch-60"))),
        new Part(" in tier 1", contact -> contact.areas().contains(new Area("tier-1"))));
  }

  @Provide
  Arbitrary<List<Part>> conditions() {
    Arbitrary<Part> one =
        Arbitraries.of(
            new Part("on", contact -> there(contact) && is(contact, Operating.ON)),
            new Part("off", contact -> there(contact) && is(contact, Operating.OFF)),
            new Part("not on", contact -> !(there(contact) && is(contact, Operating.ON))),
            new Part("available", ResolutionTest::there),
            new Part("unavailable", contact -> !there(contact)),
            new Part("above 30 %", contact -> there(contact) && load(contact) > 30),
            new Part(
                "load below 30 %",
                contact -> there(contact) && load(contact) >= 0 && load(contact) < 30));
    return one.list().ofMaxSize(3);
  }

  @Provide
  Arbitrary<Set<Integer>> exceptions() {
    return Arbitraries.integers().between(0, 11).set().ofMaxSize(2);
  }

  private static DevicePresence said(Contact contact) {
    return contact.presence().orElseThrow();
  }

  private static boolean is(Contact contact, Operating operating) {
    return said(contact).operating() == operating;
  }

  private static boolean there(Contact contact) {
    return contact.certainty() == Certainty.REAL || contact.certainty() == Certainty.ACTUAL;
  }

  private static int load(Contact contact) {
    return said(contact).quantity(Quantity.LOAD).map(BigDecimal::intValue).orElse(-1);
  }
}
