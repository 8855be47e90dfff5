// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hears at the desk what changes about people. */
public interface PeopleListener {
  /** Somebody came, went, or says something else of themselves. */
  void changed(BareJid person);

  /** The numbers of the alarms that this person can pass on to that one. */
  List<Long> canPass(BareJid from, Certified heir);

  /** Those of an offer that the heir can still have. */
  List<Long> canAccept(HandOver offer, Certified heir);

  /**
   * The heir takes over what was offered: its alarms are written as theirs together with these, all
   * of it or none, so that whoever has the orders has the alarms.
   */
  CompletionStage<Void> handOver(HandOver accepted, Certified heir, List<Entry> entries);

  /**
   * What this person offers is something else now, or nothing.
   *
   * @param by who changed that, if it was a person
   * @param why for people
   */
  void offers(BareJid from, Optional<HandOver> standing, Optional<BareJid> by, String why);
}
