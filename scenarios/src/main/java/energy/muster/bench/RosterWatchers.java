// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.identity.BareJid;
import energy.muster.scenario.RawStream;
import energy.muster.stage.Cable;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.StanzaBuilder;

/** Operators who have every device on their roster, as any chat client does. */
final class RosterWatchers implements Watchers {
  private static final Pattern REVISION = Pattern.compile("rev(?:\"|&quot;):([0-9]+)");

  private final SiteFolder folder;
  private final List<BareJid> people;
  private final List<RawStream> streams = new ArrayList<>();

  RosterWatchers(SiteFolder folder, List<BareJid> people) {
    this.folder = folder;
    this.people = people;
  }

  @Override
  public void look(Cable line, LongConsumer seen) throws IOException, InterruptedException {
    for (BareJid person : people) {
      RawStream stream =
          RawStream.to(
              line.port(),
              person,
              folder.password(person),
              folder.tlsAnchors(),
              (id, answer, stanza) -> note(stanza, seen),
              () -> {});
      streams.add(stream);
      try {
        stream.connect();
        stream.login();
        stream.sendStanza(StanzaBuilder.buildPresence().build());
      } catch (SmackException | XMPPException e) {
        throw new StageFailure(person + " cannot log in", e);
      }
    }
  }

  private static void note(String stanza, LongConsumer seen) {
    Matcher revision = REVISION.matcher(stanza);
    if (revision.find()) {
      seen.accept(Long.parseLong(revision.group(1)));
    }
  }

  @Override
  public void close() {
    streams.forEach(RawStream::instantShutdown);
  }
}
