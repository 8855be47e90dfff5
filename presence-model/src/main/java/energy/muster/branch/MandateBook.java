// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest revision of each master IED's mandate that was ever believed, so that an earlier one
 * that is played back means nothing. Safe for use by many threads.
 */
public final class MandateBook {
  private final Map<BareJid, Long> newest = new ConcurrentHashMap<>();

  /** With what {@link #write} left. */
  public static MandateBook read(Fields fields) {
    MandateBook book = new MandateBook();
    fields.rest().forEach(master -> book.note(BareJid.parse(master), fields.integer(master)));
    return book;
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    new TreeMap<>(newest).forEach((master, revision) -> object.put(master.toString(), revision));
    return object;
  }

  public OptionalLong newest(BareJid master) {
    Long known = newest.get(master);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  public void note(Mandate believed) {
    note(believed.to(), believed.revision());
  }

  private void note(BareJid master, long revision) {
    newest.merge(master, revision, Math::max);
  }
}
