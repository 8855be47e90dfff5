// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.wire.Wire;
import java.io.IOException;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.ExtensionElementProvider;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/** Makes Smack hand every element of {@link Wire} to {@link PayloadReader}. */
final class PayloadProviders {
  private PayloadProviders() {}

  static void register() {
    for (Wire wire : Wire.values()) {
      ProviderManager.addIQProvider(wire.element(), wire.namespace(), new OfIq(wire));
      ProviderManager.addExtensionProvider(wire.element(), wire.namespace(), new OfExtension(wire));
    }
  }

  private static final class OfIq extends IqProvider<PayloadIq> {
    private final Wire wire;

    OfIq(Wire wire) {
      this.wire = wire;
    }

    @Override
    public PayloadIq parse(
        XmlPullParser parser, int depth, IqData envelope, XmlEnvironment environment)
        throws XmlPullParserException, IOException {
      return new PayloadIq(envelope, PayloadReader.read(parser, wire));
    }
  }

  private static final class OfExtension extends ExtensionElementProvider<PayloadExtension> {
    private final Wire wire;

    OfExtension(Wire wire) {
      this.wire = wire;
    }

    @Override
    public PayloadExtension parse(XmlPullParser parser, int depth, XmlEnvironment environment)
        throws XmlPullParserException, IOException {
      return new PayloadExtension(PayloadReader.read(parser, wire));
    }
  }
}
