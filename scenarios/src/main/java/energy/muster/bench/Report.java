// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a bench found, for people and for programs. */
interface Report {
  String text();

  ObjectNode json();
}
