// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.seal.Digest;
import energy.muster.service.journal.AlarmArchive.Past;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AlarmsRecord;
import energy.muster.service.journal.Charter;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Letter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms, what happened to them, their documents, and what is ruled about them. */
abstract class AlarmRowsContract extends JournalOnDatabase {
  private static final BareJid ANNA = BareJid.parse("anna@grid.example");

  private static final Set<String> GONE =
      Set.of("night@plant.example", "https://hooks.example/muster");

  private final AlarmTransition raised =
      new AlarmTransition(at, Kind.RAISED, Optional.empty(), "too hot");
  private final AlarmTransition offered =
      new AlarmTransition(at.plusSeconds(1), Kind.OFFERED, Optional.of(ANNA), "");

  AlarmRowsContract(Engine engine) {
    super(engine);
  }

  private static AlarmEntry entry(String golden) {
    return AlarmEntry.read(Fields.of(GoldenFile.tree("entry-" + golden)));
  }

  private AlarmRecord open(String golden) {
    return new AlarmRecord(
        entry(golden), at, Optional.empty(), Optional.empty(), GONE, Optional.empty());
  }

  private AlarmRecord closed(String golden, Instant when) {
    return new AlarmRecord(
        entry(golden), at, Optional.of(when), Optional.of(ANNA), GONE, Optional.empty());
  }

  private void move(AlarmRecord alarm, AlarmTransition... transitions) {
    done(journal().append(new Entry.AlarmMoved(alarm, List.of(transitions))));
  }

  private AlarmPaper paper(DocumentId id, Long... alarms) {
    return new AlarmPaper(
        LOAD, id, at, Digest.of(new byte[] {7}), SEALED, List.of(alarms), "{\"number\":42}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"offered", "acknowledged", "suppressed", "branch"})
  void anOpenAlarmIsThereAfterARestartAsItWas(String golden) {
    move(open(golden), raised);

    assertThat(recovered().alarms().open()).containsExactly(open(golden));
  }

  @Test
  void anAlarmThatIsOverIsNotTakenUpAgainAndItsNumberNotGivenAgain() {
    move(open("offered"), raised);
    move(closed("acknowledged", at.plusSeconds(9)));

    assertThat(recovered().alarms().open()).isEmpty();
    assertThat(recovered().alarms().number()).isEqualTo(42);
    assertThat(recovered().alarms().revision()).isEqualTo(1211);
    assertThat(done(journal().alarms(10)))
        .containsExactly(closed("acknowledged", at.plusSeconds(9)));
  }

  @Test
  void anAlarmThatCameAgainIsOpenAgain() {
    move(closed("acknowledged", at));
    move(open("offered"));

    assertThat(recovered().alarms().open()).containsExactly(open("offered"));
  }

  @Test
  void anEmptyJournalHasGivenNoNumber() {
    assertThat(recovered().alarms().number()).isZero();
  }

  @Test
  void aHistoryHasEveryTransitionAndDocumentInOrder() {
    DocumentId first = DocumentId.next(at);
    DocumentId second = DocumentId.next(at.plusMillis(1));
    move(open("offered"), raised);
    done(journal().append(new Entry.AlarmFiled(paper(first, 42L))));
    move(open("offered"), offered);
    done(journal().append(new Entry.AlarmFiled(paper(second, 42L, 44L))));

    AlarmHistory history = done(journal().alarm(42)).orElseThrow();

    assertThat(history.alarm()).isEqualTo(open("offered"));
    assertThat(history.transitions()).containsExactly(raised, offered);
    assertThat(history.documents())
        .containsExactly(
            new AlarmHistory.Document(LOAD, first, at, SEALED),
            new AlarmHistory.Document(LOAD, second, at, SEALED));
  }

  @Test
  void ofAnAlarmThatNeverWasThereIsNoHistory() {
    assertThat(done(journal().alarm(7))).isEmpty();
  }

  @Test
  void anOpenAlarmHasItsDevicesWordAgain() {
    AlarmEntry entry = entry("offered");
    AlarmPaper word =
        new AlarmPaper(
            entry.device(),
            entry.occurrence(),
            at,
            Digest.of(new byte[] {7}),
            SEALED,
            List.of(42L),
            "{}");
    move(open("offered"), raised);
    done(journal().append(new Entry.AlarmFiled(word)));

    assertThat(recovered().alarms().open())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.word()).contains(SEALED));
  }

  @Test
  void anOpenAlarmIsKnownByAllThatItsDeviceSaid() {
    BareJid device = entry("offered").device();
    DocumentId first = DocumentId.next(at);
    DocumentId second = DocumentId.next(at.plusMillis(1));
    move(open("offered"), raised);
    move(closed("acknowledged", at.minusSeconds(90)));
    move(open("offered"));
    for (DocumentId id : List.of(first, second)) {
      done(journal().append(new Entry.AlarmFiled(said(device, id))));
    }
    done(journal().append(new Entry.AlarmFiled(said(ANNA, DocumentId.next(at)))));

    assertThat(recovered().alarms().documents(42)).containsExactly(first, second);
  }

  @Test
  void anOpenAlarmIsKnownByTheNewestOfWhatItsDeviceSaidForWeeks() {
    BareJid device = entry("offered").device();
    move(open("offered"), raised);
    List<DocumentId> all = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < AlarmsRecord.MOST_DOCUMENTS + 10; i++) {
      all.add(DocumentId.next(at.plusMillis(i)));
      entries.add(new Entry.AlarmFiled(said(device, all.get(i))));
    }
    done(journal().append(entries));

    assertThat(recovered().alarms().documents(42)).isEqualTo(all.subList(10, all.size()));
  }

  private AlarmPaper said(BareJid issuer, DocumentId id) {
    return new AlarmPaper(
        issuer, id, at, Digest.of(new byte[] {7}), SEALED, List.of(42L), "{\"number\":42}");
  }

  @Test
  void whatBeganAndWasOfferedLatelyIsThereAfterARestart() {
    AlarmTransition comment =
        new AlarmTransition(at.plusSeconds(2), Kind.COMMENTED, Optional.of(ANNA), "seen");
    move(open("offered"), raised, offered, comment);

    assertThat(recovered().alarms().lately())
        .extracting(Past::transition)
        .containsExactly(raised, offered);
  }

  @Test
  void whatWasOverAMomentAgoIsThereAfterARestart() {
    move(closed("acknowledged", at.minusSeconds(10)));
    move(closed("suppressed", at.minusSeconds(90)));

    assertThat(recovered().alarms().closed())
        .containsExactly(closed("acknowledged", at.minusSeconds(10)));
  }

  @Test
  void aDocumentIsKnownByItsIssuerAndId() {
    DocumentId id = DocumentId.next(at);
    move(open("offered"), raised);
    done(journal().append(new Entry.AlarmFiled(paper(id, 42L))));

    assertThat(done(journal().paper(LOAD, id)))
        .contains(new AlarmPaper.Known(Digest.of(new byte[] {7}), "{\"number\":42}"));
    assertThat(done(journal().paper(ANNA, id))).isEmpty();
  }

  @Test
  void thePastIsWhatHappenedInATime() {
    move(open("offered"), raised, offered);
    move(open("suppressed"), raised);

    assertThat(done(journal().past(at.plusSeconds(1), at.plusSeconds(2), 10)))
        .containsExactly(
            new Past(
                42, entry("offered").device(), Optional.empty(), entry("offered").rule(), offered));
    assertThat(done(journal().past(at, at.plusSeconds(2), 2))).hasSize(2);
  }

  @Test
  void aLetterWaitsUntilItHasEnded() {
    Letter letter =
        Letter.of(
            DocumentId.next(at),
            Letter.Way.MAIL,
            "control@northco.example",
            entry("offered"),
            Optional.of(SEALED),
            at);
    Letter failed = letter.failed("refused", at.plusSeconds(5));
    done(journal().append(new Entry.LetterNoted(letter)));
    done(journal().append(new Entry.LetterNoted(failed)));
    assertThat(recovered().alarms().letters()).containsExactly(failed);

    done(journal().append(new Entry.LetterNoted(failed.ended(Letter.State.SENT, ""))));
    assertThat(recovered().alarms().letters()).isEmpty();
  }

  @Test
  void theNewestCharterOfEachKindCounts() {
    Charter policy = new Charter(Charter.Kind.POLICY, 1, SEALED);
    Charter newer = new Charter(Charter.Kind.POLICY, 2, SEALED);
    Charter roster = new Charter(Charter.Kind.ROSTER, 7, SEALED);
    done(
        journal()
            .append(
                List.of(
                    new Entry.CharterTaken(policy),
                    new Entry.CharterTaken(newer),
                    new Entry.CharterTaken(roster))));

    assertThat(recovered().alarms().charters()).containsExactly(newer, roster);
  }

  @Test
  void whatIsLongOverIsForgottenAndNothingElse() {
    move(closed("acknowledged", at), raised);
    move(open("suppressed"), raised);
    done(journal().append(new Entry.AlarmFiled(paper(DocumentId.next(at), 42L))));
    DocumentId kept = DocumentId.next(at);
    done(journal().append(new Entry.AlarmFiled(paper(kept, 42L, 44L))));

    done(journal().prune(at.plusSeconds(60)));

    assertThat(done(journal().alarm(42))).isEmpty();
    AlarmHistory open = done(journal().alarm(44)).orElseThrow();
    assertThat(open.transitions()).containsExactly(raised);
    assertThat(open.documents()).extracting(AlarmHistory.Document::id).containsExactly(kept);
    assertThat(done(journal().past(at, at.plusSeconds(60), 10))).hasSize(1);
  }
}
