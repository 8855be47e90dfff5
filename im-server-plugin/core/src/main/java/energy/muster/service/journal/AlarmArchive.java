// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be read back of alarms. */
public interface AlarmArchive {
  /** The document if it was taken before. */
  CompletionStage<Optional<AlarmPaper.Known>> paper(BareJid issuer, DocumentId id);

  /** One alarm with all that happened to it. */
  CompletionStage<Optional<AlarmHistory>> alarm(long number);

  /** Alarms as they stand, also those that are over, the newest number first. */
  CompletionStage<List<AlarmRecord>> alarms(int limit);

  /** All that happened to alarms from then until then, oldest first, at most so much. */
  CompletionStage<List<Past>> past(Instant since, Instant until, int limit);

  /** One thing that happened to an alarm. */
  record Past(
      long number,
      BareJid device,
      Optional<Area> branch,
      RuleName rule,
      AlarmTransition transition) {}
}
