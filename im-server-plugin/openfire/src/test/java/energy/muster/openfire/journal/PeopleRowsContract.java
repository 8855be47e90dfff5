// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.Subject;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.service.journal.ChatLine;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.PersonRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of people, what they say to each other and what they hand over. */
abstract class PeopleRowsContract extends JournalOnDatabase {
  private static final BareJid ANNA = BareJid.parse("anna@grid.example");
  private static final BareJid BEN = BareJid.parse("ben@grid.example");

  PeopleRowsContract(Engine engine) {
    super(engine);
  }

  @Test
  void aPersonIsKnownByTheirLastWord() {
    Certified anna =
        CertificateAuthority.create("ieee123", InstantSource.fixed(at))
            .issue(Subject.of(ANNA, Role.OPERATOR, Area.ALL))
            .identity()
            .certified();
    PersonRecord silent = new PersonRecord(anna, Optional.empty(), at, at);
    PersonRecord away =
        new PersonRecord(
            anna,
            Optional.of(
                new PersonPresence(
                    Duty.AWAY, "lunch", Optional.of(at.plusSeconds(1800)), Optional.of(at))),
            at.plusSeconds(1),
            at.plusSeconds(2));
    done(journal().append(new Entry.PersonNoted(silent)));
    assertThat(recovered().staff().persons()).containsExactly(silent);

    done(journal().append(new Entry.PersonNoted(away)));
    assertThat(recovered().staff().persons()).containsExactly(away);
  }

  @Test
  void aLineWaitsUntilItIsTaken() {
    ChatLine line = line(at);
    done(journal().append(new Entry.LineSaid(line)));
    assertThat(recovered().staff().lines()).containsExactly(line);
    done(journal().append(new Entry.LineTaken(line.id(), at)));
    assertThat(recovered().staff().lines()).isEmpty();
  }

  @Test
  void aHandOverIsKnownUntilItLapses() {
    HandOver offer = offer(at);
    done(journal().append(new Entry.HandOverNoted(offer)));
    done(journal().append(new Entry.HandOverNoted(offer.in(HandOver.State.ACCEPTED))));
    assertThat(recovered().staff().handOvers()).containsExactly(offer.in(HandOver.State.ACCEPTED));
    done(journal().append(new Entry.HandOverNoted(offer.in(HandOver.State.LAPSED))));
    assertThat(recovered().staff().handOvers()).isEmpty();
  }

  @Test
  void whatPeopleSaidAndHandedOverLongAgoIsForgotten() {
    Instant later = at.plusSeconds(1000);
    ChatLine line = line(later);
    HandOver offer = offer(later);
    done(
        journal()
            .append(
                List.of(
                    new Entry.LineSaid(line(at)),
                    new Entry.LineSaid(line),
                    new Entry.HandOverNoted(offer(at)),
                    new Entry.HandOverNoted(offer))));
    done(journal().prune(later));
    assertThat(recovered().staff().lines()).containsExactly(line);
    assertThat(recovered().staff().handOvers()).containsExactly(offer);
  }

  private static ChatLine line(Instant said) {
    return new ChatLine(DocumentId.next(said), ANNA, BEN, said, "hello");
  }

  private HandOver offer(Instant made) {
    return new HandOver(
        DocumentId.next(made),
        ANNA,
        BEN,
        made,
        made.plusSeconds(900),
        HandOver.State.OFFERED,
        List.of(command.id()),
        List.of(LOAD),
        List.of(42L, 43L));
  }
}
