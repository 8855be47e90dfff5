// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jxmpp.jid.impl.JidCreate;

/**
 * What devices tell each other. A headline to the bare address, because a device does not know the
 * random resource of another and RFC 6121 8.5.2.1.1 keeps none for later.
 */
final class Headlines {
  private Headlines() {}

  static Message of(BareJid peer, Payload payload) {
    return StanzaBuilder.buildMessage()
        .ofType(Message.Type.headline)
        .to(JidCreate.bareFromOrThrowUnchecked(peer.toString()))
        .addExtension(PayloadExtension.of(payload))
        .build();
  }

  static Optional<PayloadExtension> warning(Message message) {
    return message.getType() == Message.Type.headline
        ? message.getExtensions().stream()
            .filter(PayloadExtension.class::isInstance)
            .map(PayloadExtension.class::cast)
            .filter(extension -> extension.read().payload().wire() == Wire.WARNING)
            .findFirst()
        : Optional.empty();
  }
}
