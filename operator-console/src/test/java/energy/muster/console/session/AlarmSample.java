// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.GoldenFile;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The golden alarm 42 of sw2, offered to op-1, and as the device signs it. */
public final class AlarmSample {
  public static final DocumentId OCCURRENCE = new DocumentId("01K2Z9M5A0B1C2D3E4F5G6H7J8");
  static final BareJid DEVICE = TestPki.jid("sw2");

  private AlarmSample() {}

  public static AlarmEntry entry(Consumer<ObjectNode> change) {
    ObjectNode tree = GoldenFile.tree("entry-offered");
    change.accept(tree);
    return AlarmEntry.read(Fields.of(tree));
  }

  public static AlarmEntry entry() {
    return entry(tree -> {});
  }

  static Sealed sealed(SigningIdentity signer, DocumentId occurrence, Instant now) {
    Header header =
        new Header(DocumentType.ALARM, TestPki.SITE, occurrence, signer.certified().jid(), now);
    return Sealer.seal(
        new Alarm(
                header,
                occurrence,
                new RuleName("trip-imminent"),
                Alarm.Event.ONSET,
                Priority.CRITICAL,
                Optional.empty(),
                now,
                true,
                false,
                "load 96.4 % is at or above 95 %",
                Optional.empty())
            .write(),
        signer);
  }
}
