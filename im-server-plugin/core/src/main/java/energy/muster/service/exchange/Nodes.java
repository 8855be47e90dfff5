// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.exchange;

import energy.muster.wire.Payload;

/** Where things are laid out for any XMPP client (XEP-0060). Implementations do not block. */
public interface Nodes {
  Nodes NONE = (node, item, payload) -> {};

  /** Of one supplier. */
  static String tariffs(String supplier) {
    return "tariffs/" + supplier;
  }

  /** Of one class of data. */
  static String changes(String dataClass) {
    return "changes/" + dataClass;
  }

  /**
   * Lays an item out, after those that were given for the node before, until the server has it; one
   * that is there already is left as it is. After a restart all that matters is given again,
   * because the server may have lost the last of it.
   */
  void publish(String node, String item, Payload payload);
}
