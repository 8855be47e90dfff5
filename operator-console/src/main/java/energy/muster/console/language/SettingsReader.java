// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads a revision of a device's settings: where the file is, or what it says. */
final class SettingsReader {
  private static final String EXPECTED =
      "a file of settings, set and the settings, alarm and a rule, or prices and a file";
  private static final String LEASE = "leaseSeconds";
  private static final String NOTE = "note";
  private static final String TWO_PERSONS = "twoPersons";
  private static final String RELEASED_BY = "releasedBy";
  private static final String CONTACTS = "alarmContacts";
  private static final List<String> NAMES =
      List.of(LEASE, NOTE, RELEASED_BY, TWO_PERSONS, CONTACTS);
  private static final Pattern PERSON = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  private final Words words;

  SettingsReader(Words words) {
    this.words = words;
  }

  Act.Configure read() {
    OptionalLong revision = revision();
    if (words.accept("set")) {
      return new Act.Configure(revision, new Act.Said(settings()));
    }
    if (words.accept("alarm")) {
      return new Act.Configure(revision, new Act.Amended(new RuleReader(words).read()));
    }
    if (words.accept("prices")) {
      return new Act.Configure(revision, new Act.Priced(plan()));
    }
    Word file = words.take(EXPECTED);
    if (file.text().isBlank() || file.is(",")) {
      throw Hint.at(file, "expected " + EXPECTED);
    }
    return new Act.Configure(revision, new Act.InFile(file.text(), file.start()));
  }

  private Optional<Act.InFile> plan() {
    if (words.accept("none")) {
      return Optional.empty();
    }
    Word file = words.take("a file that says what it does about prices, or none");
    if (file.text().isBlank()) {
      throw Hint.at(file, "expected a file, or none");
    }
    return Optional.of(new Act.InFile(file.text(), file.start()));
  }

  private OptionalLong revision() {
    if (!words.accept("revision")) {
      return OptionalLong.empty();
    }
    int column = words.peek().map(Word::start).orElse(words.end());
    long revision = whole("a revision");
    if (revision < 1) {
      throw new Hint(column, "a settings revision counts from 1");
    }
    return OptionalLong.of(revision);
  }

  private ObjectNode settings() {
    ObjectNode settings = Json.object();
    do {
      Word name = words.take("a setting, as in leaseSeconds 30");
      String known =
          NAMES.stream()
              .filter(name::is)
              .findFirst()
              .orElseThrow(
                  () ->
                      Hint.at(
                          name,
                          "expected leaseSeconds, note, releasedBy, twoPersons or alarmContacts,"
                              + " not "
                              + name
                              + "; the driver's, reactions and alarms are set from a file"
                              + Spelling.didYouMean(name.text(), NAMES)));
      if (settings.has(known)) {
        throw Hint.at(name, "'" + known + "' is set twice");
      }
      switch (known) {
        case LEASE -> settings.put(LEASE, whole("a number of seconds"));
        case NOTE -> settings.put(NOTE, words.take("a note in \"quotation marks\"").text());
        case RELEASED_BY -> settings.put(RELEASED_BY, releasedBy().wire());
        case CONTACTS -> people(settings.putArray(CONTACTS));
        default -> twoPersons(settings.putArray(TWO_PERSONS));
      }
    } while (words.accept(","));
    return settings;
  }

  /** By their names alone: they are of this domain. */
  private void people(ArrayNode people) {
    if (words.accept("none")) {
      return;
    }
    do {
      Word word = words.take("a person such as op-1, or none");
      if (!PERSON.matcher(word.lower()).matches()) {
        throw Hint.at(word, "expected a person such as op-1, or none, not " + word);
      }
      people.add(word.lower());
    } while (words.accept("and"));
  }

  private Role releasedBy() {
    Word word = words.take("a role such as engineer");
    return Role.ofWire(word.lower())
        .filter(Rights.rolesFor(Verb.RELEASE)::contains)
        .orElseThrow(
            () ->
                Hint.at(
                    word, "expected operator, engineer, installer or security-admin, not " + word));
  }

  private void twoPersons(ArrayNode verbs) {
    if (words.accept("none")) {
      return;
    }
    do {
      Word word = words.take("a verb such as open, or none");
      Verb verb =
          Verb.ofWire(word.lower())
              .orElseThrow(
                  () ->
                      Hint.at(
                          word,
                          "there is no verb "
                              + word
                              + Spelling.didYouMean(
                                  word.text(),
                                  Arrays.stream(Verb.values()).map(Verb::wire).toList())));
      verbs.add(verb.wire());
    } while (words.accept("and"));
  }

  private long whole(String what) {
    Word word = words.take(what + " such as 5");
    if (word.quoted() || !WHOLE.matcher(word.text()).matches()) {
      throw Hint.at(word, "expected " + what + " such as 5, not " + word);
    }
    return Long.parseLong(word.text());
  }
}
