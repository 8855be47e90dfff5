// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import energy.muster.presence.ViewContents;
import java.util.List;
import java.util.Set;

/**
 * The devices of a branch as the service's view shows them, kept up by messages that are numbered
 * without a gap. Used by one thread at a time.
 */
public final class Downstream {
  private static final String VIEW = "branch";

  private final BareJid master;
  private final ViewContents contents = new ViewContents();
  private long revision;
  private boolean opening = true;

  /**
   * @param master whose own presence is no part of its sum
   */
  public Downstream(BareJid master) {
    this.master = master;
  }

  /** The request for a view of this branch; until its answer is here, changes say nothing. */
  public ObjectNode open(Area branch) {
    opening = true;
    ObjectNode request = Json.object().put("id", VIEW);
    request.set("only", new Scope(Set.of(branch), Set.of(), Set.of()).write());
    return request;
  }

  /** Takes the answer to the request. */
  public void begin(ObjectNode answer) {
    revision = Fields.of(answer).integer("rev");
    opening = false;
    contents.clear();
    var unused = contents.take(answer);
  }

  /**
   * Takes a message of changes.
   *
   * @return false if one before it got lost: the view must be opened again
   */
  public boolean change(ObjectNode message) {
    Fields fields = Fields.of(message);
    if (opening || !fields.text("id").equals(VIEW)) {
      return true;
    }
    long next = fields.integer("rev");
    if (next > revision + 1) {
      return false;
    }
    if (next == revision + 1) {
      revision = next;
      var unused = contents.take(message);
    }
    return true;
  }

  /** All of them but the master itself. */
  public List<Contact> contacts() {
    return contents.contacts().filter(contact -> !contact.device().equals(master)).toList();
  }
}
