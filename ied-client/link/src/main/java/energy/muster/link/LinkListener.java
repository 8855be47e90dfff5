// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.wire.Payload;
import java.util.concurrent.CompletionStage;

/**
 * What the owner of a link does with what comes in. Calls come one at a time, in the order of the
 * stream.
 */
public interface LinkListener {
  /**
   * Somebody asks, as a rule the service; the seal in the question, not the sender, says whether to
   * act. The stage's value is the IQ result, {@code Refused} becomes a typed error. Must not block.
   *
   * @param from the sender's address as the server stamped it
   */
  CompletionStage<Payload> asked(String from, Payload question);

  /** The service tells; nothing is answered. Must not block. */
  void told(Payload message);

  /**
   * Another device warns of a catastrophe; the seal in the warning, and that its issuer is its
   * sender, say whether to react. Must not block.
   */
  default void warned(BareJid from, Payload warning) {}

  /** A person says something in chat; it asks for nothing and acts on nothing. Must not block. */
  default void said(BareJid from, String text) {}

  /** A room shows a line; it asks for nothing and acts on nothing. Must not block. */
  default void heard(RoomLine line) {}

  /** This session is in the room no longer, and did not leave it. Must not block. */
  default void expelled(String room) {}

  /**
   * The link changed; after {@link LinkState#PROVEN} a device reconciles and a console reopens its
   * views.
   */
  void changed(LinkState state);
}
