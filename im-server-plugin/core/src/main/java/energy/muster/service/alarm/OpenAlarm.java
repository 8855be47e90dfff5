// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmEntry.Aside;
import energy.muster.alarm.AlarmEntry.Owner;
import energy.muster.alarm.AlarmEntry.SentOut;
import energy.muster.alarm.AlarmEntry.Source;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import energy.muster.service.alarm.Escalation.Search;
import energy.muster.service.journal.AlarmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An alarm in the book: what is said of it, how it stands, and whose it is. Only for use at the
 * desk.
 */
final class OpenAlarm {
  private static final int MOST_SENT = 32;

  private final long number;
  private final Point point;
  private final BareJid device;
  private final Source source;
  private final Instant raised;
  private final Care care;
  private final List<SentOut> sentOut = new ArrayList<>();
  private final List<AlarmTransition> missing = new ArrayList<>();
  private final List<AlarmTransition> untold = new ArrayList<>();
  private long revision;
  private Statement said;
  private AlarmLife life;
  private Optional<Instant> returned = Optional.empty();
  private Optional<Aside> aside = Optional.empty();
  private OptionalLong parent = OptionalLong.empty();
  private long children;
  private long folded;
  private boolean chattering;
  private long comments;
  private Optional<Sealed> word = Optional.empty();

  private OpenAlarm(
      long number,
      Point point,
      BareJid device,
      Source source,
      Statement said,
      AlarmLife life,
      Care care,
      Instant raised) {
    this.number = number;
    this.point = point;
    this.device = device;
    this.source = source;
    this.said = said;
    this.life = life;
    this.care = care;
    this.raised = raised;
  }

  /** As a device says. */
  static OpenAlarm of(long number, BareJid device, Alarm alarm, Instant now) {
    return new OpenAlarm(
        number,
        Point.of(device, alarm.rule()),
        device,
        Source.DEVICE,
        Statement.of(alarm),
        AlarmLife.raised(alarm.latching()),
        new Care(),
        now);
  }

  /** As the service finds; it does not latch. */
  static OpenAlarm ofService(
      long number, Point point, BareJid device, Statement said, Instant now) {
    return new OpenAlarm(
        number, point, device, Source.SERVICE, said, AlarmLife.raised(false), new Care(), now);
  }

  /** As it was written down. */
  static OpenAlarm of(AlarmRecord record) {
    AlarmEntry entry = record.entry();
    OpenAlarm alarm =
        new OpenAlarm(
            entry.number(),
            Point.of(entry.branch(), entry.device(), entry.rule()),
            entry.device(),
            entry.source(),
            Statement.of(entry),
            life(entry),
            new Care(record),
            record.raised());
    alarm.revision = entry.revision();
    alarm.returned = entry.returned();
    alarm.aside = entry.aside();
    alarm.parent = entry.parent();
    alarm.children = entry.children();
    alarm.folded = entry.folded();
    alarm.chattering = entry.chattering();
    alarm.comments = entry.comments();
    alarm.sentOut.addAll(entry.sentOut());
    alarm.word = record.word();
    return alarm;
  }

  private static AlarmLife life(AlarmEntry entry) {
    return new AlarmLife(
        entry.returned().isEmpty(),
        entry.latching(),
        entry.owner().isPresent(),
        Optional.of(entry.state()).filter(AlarmState::aside),
        entry.closed());
  }

  AlarmEntry entry() {
    return new AlarmEntry(
        number,
        revision,
        said.occurrence(),
        device,
        point.branch(),
        point.rule(),
        said.priority(),
        life.state(),
        source,
        said.reading(),
        said.since(),
        returned,
        said.clockSure(),
        life.latching(),
        said.text(),
        said.location(),
        care.owner(),
        care.told(),
        aside,
        parent,
        children,
        folded,
        chattering,
        comments,
        OptionalLong.empty(),
        sentOut);
  }

  AlarmRecord record(Instant now) {
    return new AlarmRecord(
        entry(),
        raised,
        life.over() ? Optional.of(now) : Optional.empty(),
        care.leftBy(),
        care.gone(),
        word);
  }

  /** What the device says now. */
  void said(Alarm alarm) {
    said = said.then(alarm);
  }

  /** What the service says now. */
  void text(String words) {
    said = said.worded(words);
  }

  /** The device's own sealed word, to be shown with an offer. */
  void word(Sealed sealed) {
    word = Optional.of(sealed);
  }

  Optional<Sealed> word() {
    return word;
  }

  /** Something happened to it. */
  void note(Instant at, AlarmTransition.Kind kind, Optional<BareJid> by, String words) {
    untold.add(new AlarmTransition(at, kind, by, words));
  }

  /** What happened since it was last written down. */
  List<AlarmTransition> takeUntold(long nextRevision) {
    revision = nextRevision;
    List<AlarmTransition> all = new ArrayList<>(missing);
    all.addAll(untold);
    missing.clear();
    untold.clear();
    return List.copyOf(all);
  }

  /** The disk did not take this: it comes before what happened since. */
  void stillUntold(List<AlarmTransition> steps) {
    missing.addAll(steps);
  }

  long number() {
    return number;
  }

  Point point() {
    return point;
  }

  BareJid device() {
    return device;
  }

  Optional<Area> branch() {
    return point.branch();
  }

  RuleName rule() {
    return point.rule();
  }

  Priority priority() {
    return said.priority();
  }

  Instant since() {
    return said.since();
  }

  DocumentId occurrence() {
    return said.occurrence();
  }

  AlarmLife life() {
    return life;
  }

  /** Its life goes on; what does not hold in the new state is gone. */
  void become(AlarmLife next) {
    life = next;
    if (next.over()) {
      care.end(care.owner().map(Owner::person));
    } else if (!next.owned()) {
      care.disown();
    }
    if (next.aside().isEmpty()) {
      aside = Optional.empty();
      parent = OptionalLong.empty();
    }
    if (!next.looks()) {
      care.stopSearch();
      care.held(false);
    }
  }

  /** Takes it from whoever has it. */
  void disown() {
    become(life.lapsed());
  }

  Care care() {
    return care;
  }

  Optional<Owner> owner() {
    return care.owner();
  }

  Optional<Search> search() {
    return care.search();
  }

  void returnedAt(Optional<Instant> when) {
    returned = when;
  }

  Optional<Aside> aside() {
    return aside;
  }

  void aside(Aside why) {
    aside = Optional.of(why);
  }

  /** The alarm that explains this one. */
  OptionalLong parent() {
    return parent;
  }

  void parent(long explains) {
    parent = OptionalLong.of(explains);
  }

  void orphan() {
    parent = OptionalLong.empty();
  }

  /** How many this one explains. */
  long children() {
    return children;
  }

  void children(long count) {
    children = count;
  }

  void folds() {
    folded++;
  }

  boolean chattering() {
    return chattering;
  }

  void chattering(boolean often) {
    chattering = often;
  }

  void commented() {
    comments++;
  }

  void sent(SentOut out) {
    if (sentOut.size() == MOST_SENT) {
      sentOut.remove(0);
    }
    sentOut.add(out);
  }
}
