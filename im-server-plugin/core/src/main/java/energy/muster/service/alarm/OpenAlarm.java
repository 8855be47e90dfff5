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
import energy.muster.alarm.Reading;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Location;
import energy.muster.seal.Sealed;
import energy.muster.service.alarm.Escalation.Search;
import energy.muster.service.journal.AlarmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** An alarm in the book. Only for use at the desk. */
final class OpenAlarm {
  private static final String NO_COURSE = "default";
  private static final int MOST_SENT = 32;

  private final long number;
  private final Point point;
  private final BareJid device;
  private final Source source;
  private final Instant raised;
  private final List<SentOut> sentOut = new ArrayList<>();
  private final List<AlarmTransition> untold = new ArrayList<>();
  private long revision;
  private DocumentId occurrence;
  private Priority priority;
  private Optional<Reading> reading;
  private Instant since;
  private Optional<Instant> returned = Optional.empty();
  private boolean clockSure;
  private String text;
  private Optional<Location> location;
  private AlarmLife life;
  private Optional<Owner> owner = Optional.empty();
  private Optional<BareJid> leftBy = Optional.empty();
  private Optional<Aside> aside = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private String course = NO_COURSE;
  private boolean gone;
  private boolean held;
  private OptionalLong parent = OptionalLong.empty();
  private long children;
  private long folded;
  private boolean chattering;
  private long comments;
  private Optional<Sealed> word = Optional.empty();

  /** As a device says. */
  OpenAlarm(long number, BareJid device, Alarm alarm, Instant now) {
    this(
        number,
        Point.of(device, alarm.rule()),
        device,
        Source.DEVICE,
        alarm.occurrence(),
        alarm.priority(),
        alarm.since(),
        alarm.text(),
        alarm.latching(),
        now);
    said(alarm);
  }

  /** As the service finds. */
  OpenAlarm(
      long number,
      Point point,
      BareJid device,
      Source source,
      DocumentId occurrence,
      Priority priority,
      Instant since,
      String text,
      boolean latching,
      Instant now) {
    this.number = number;
    this.point = point;
    this.device = device;
    this.source = source;
    this.raised = now;
    this.occurrence = occurrence;
    this.priority = priority;
    this.reading = Optional.empty();
    this.since = since;
    this.clockSure = true;
    this.text = text;
    this.location = Optional.empty();
    this.life = AlarmLife.raised(latching);
  }

  /** As it was written down. */
  OpenAlarm(AlarmRecord record) {
    AlarmEntry entry = record.entry();
    number = entry.number();
    point =
        entry
            .branch()
            .map(branch -> Point.of(branch, entry.rule()))
            .orElseGet(() -> Point.of(entry.device(), entry.rule()));
    device = entry.device();
    source = entry.source();
    raised = record.raised();
    revision = entry.revision();
    occurrence = entry.occurrence();
    priority = entry.priority();
    reading = entry.reading();
    since = entry.since();
    returned = entry.returned();
    clockSure = entry.clockSure();
    text = entry.text();
    location = entry.location();
    owner = entry.owner();
    leftBy = record.leftBy();
    word = record.word();
    aside = entry.aside();
    parent = entry.parent();
    children = entry.children();
    folded = entry.folded();
    chattering = entry.chattering();
    comments = entry.comments();
    sentOut.addAll(entry.sentOut());
    entry.search().ifPresent(this::resume);
    life =
        new AlarmLife(
            entry.returned().isEmpty(),
            entry.latching(),
            entry.owner().isPresent(),
            Optional.of(entry.state()).filter(AlarmState::aside),
            entry.closed());
  }

  private void resume(AlarmEntry.Search known) {
    course = known.course();
    gone = !sentOut.isEmpty() || known.to().isEmpty();
    search =
        Optional.of(
            new Search(known.step() - 1, known.round(), Set.copyOf(known.to()), known.next()));
  }

  AlarmEntry entry() {
    return new AlarmEntry(
        number,
        revision,
        occurrence,
        device,
        point.branch(),
        point.rule(),
        priority,
        life.state(),
        source,
        reading,
        since,
        returned,
        clockSure,
        life.latching(),
        text,
        location,
        owner,
        search.map(this::told),
        aside,
        parent,
        children,
        folded,
        chattering,
        comments,
        OptionalLong.empty(),
        sentOut);
  }

  private AlarmEntry.Search told(Search known) {
    return new AlarmEntry.Search(
        course,
        known.step() + 1,
        known.round(),
        List.copyOf(new TreeSet<>(known.to())),
        known.next());
  }

  AlarmRecord record(Instant now) {
    return new AlarmRecord(
        entry(), raised, life.over() ? Optional.of(now) : Optional.empty(), leftBy, word);
  }

  /** What the device's newest document says; a return keeps what was so at the onset. */
  void said(Alarm alarm) {
    occurrence = alarm.occurrence();
    priority = alarm.priority();
    reading = alarm.reading();
    since = alarm.since();
    clockSure = alarm.clockSure();
    location = alarm.location().or(() -> location);
    if (alarm.isOnset()) {
      text = alarm.text();
    }
  }

  /** The device's own sealed word, to be shown with an offer. */
  void word(Sealed sealed) {
    word = Optional.of(sealed);
  }

  Optional<Sealed> word() {
    return word;
  }

  void text(String words) {
    text = words;
  }

  /** Something happened to it. */
  void note(Instant at, AlarmTransition.Kind kind, Optional<BareJid> by, String words) {
    untold.add(new AlarmTransition(at, kind, by, words));
  }

  /** What happened since it was last written down. */
  List<AlarmTransition> takeUntold(long nextRevision) {
    revision = nextRevision;
    List<AlarmTransition> all = List.copyOf(untold);
    untold.clear();
    return all;
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
    return priority;
  }

  Instant since() {
    return since;
  }

  DocumentId occurrence() {
    return occurrence;
  }

  void occurrence(DocumentId newest) {
    occurrence = newest;
  }

  AlarmLife life() {
    return life;
  }

  /** Its life goes on; what does not hold in the new state is gone. */
  void become(AlarmLife next) {
    life = next;
    if (!next.owned() || next.over()) {
      owner = Optional.empty();
    }
    if (next.aside().isEmpty()) {
      aside = Optional.empty();
      parent = OptionalLong.empty();
    }
    if (!next.looks()) {
      search = Optional.empty();
    }
  }

  void returnedAt(Optional<Instant> when) {
    returned = when;
  }

  Optional<Owner> owner() {
    return owner;
  }

  void own(Owner who) {
    owner = Optional.of(who);
    leftBy = Optional.empty();
  }

  Optional<BareJid> leftBy() {
    return leftBy;
  }

  void leftBy(BareJid person) {
    leftBy = Optional.of(person);
  }

  Optional<Aside> aside() {
    return aside;
  }

  void aside(Aside why) {
    aside = Optional.of(why);
  }

  Optional<Search> search() {
    return search;
  }

  void search(Search next, String courseName) {
    search = Optional.of(next);
    course = courseName;
  }

  void stopSearch() {
    search = Optional.empty();
  }

  /** Whether it has left by other ways since somebody last had it. */
  boolean gone() {
    return gone;
  }

  void gone(boolean left) {
    gone = left;
  }

  /** Whether nobody is looked for because of maintenance. */
  boolean held() {
    return held;
  }

  void held(boolean maintenance) {
    held = maintenance;
  }

  OptionalLong parent() {
    return parent;
  }

  void parent(long explains) {
    parent = OptionalLong.of(explains);
  }

  void orphan() {
    parent = OptionalLong.empty();
  }

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
