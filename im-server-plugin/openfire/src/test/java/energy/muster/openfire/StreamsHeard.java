// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.service.Streams;
import energy.muster.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Writes down, in order, what the service would be told of client sessions. */
final class StreamsHeard implements Streams {
  final List<String> told = new ArrayList<>();
  final List<String> people = new ArrayList<>();
  final List<FullJid> heard = new ArrayList<>();
  boolean admits = true;
  Optional<Payload> device = Optional.empty();

  /** What becomes of what people say to others. */
  Optional<CompletionStage<Void>> keeping = Optional.empty();

  @Override
  public void sessionOpened(FullJid session, String streamId) {
    told.add("opened " + session + " " + streamId);
  }

  @Override
  public void sessionClosed(FullJid session, String streamId) {
    told.add("closed " + session + " " + streamId);
  }

  @Override
  public void heard(FullJid session) {
    heard.add(session);
  }

  @Override
  public void presence(
      FullJid session, boolean available, Show show, String status, Optional<Payload> payload) {
    told.add((available ? "available " : "unavailable ") + session + " " + show + " " + status);
    device = payload;
  }

  @Override
  public void person(FullJid session, PersonPresence word, boolean byConsole) {
    people.add(session + " " + word.duty() + " " + word.note() + " " + byConsole);
  }

  @Override
  public Optional<CompletionStage<Void>> keep(FullJid from, BareJid to, String text) {
    return keeping;
  }

  @Override
  public boolean admit(FullJid from) {
    return admits;
  }
}
