// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.wire.Payload;
import org.jivesoftware.smack.packet.IQ;

/** What a session tells its link; the calls come on the reader's or a timer's thread. */
interface SessionEvents {
  /** Somebody asks; answer with {@link Session#send}. */
  void asked(Session session, PayloadIq question);

  /** Somebody asks what no client of ours knows. */
  void puzzled(Session session, IQ question);

  void told(Session session, Payload message);

  /** Another account says that it sees a catastrophe. */
  void warned(Session session, BareJid from, Payload warning);

  void said(Session session, BareJid from, String text);

  void heard(Session session, RoomLine line);

  void expelled(Session session, String room);

  /** A request of this session ran out of time. */
  void unanswered(Session session);

  /** The connection ended; the session is of no more use. */
  void lost(Session session, Exception cause);
}
