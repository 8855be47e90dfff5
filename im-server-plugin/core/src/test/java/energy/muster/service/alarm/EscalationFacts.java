// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the model of escalation keeps. */
final class EscalationFacts {
  private EscalationFacts() {}

  static final class Case {
    long number;
    String device;
    boolean active = true;
    String owner;
    Instant ownerUntil;
    int step;
    int round = 1;
    List<String> asked = List.of();
    Instant next;
  }

  static final class Offer {
    String heir;
    Instant until;
    List<Long> alarms;
  }

  static final class Lately {
    final List<Instant> onsets = new ArrayList<>();
    Case closed;
    String closedBy;
  }
}
