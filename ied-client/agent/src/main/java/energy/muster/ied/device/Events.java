// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.alarm.Alarm;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.Admission;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport;
import java.util.OptionalLong;

/** What happens to devices, for whoever watches the process. Must not block. */
public interface Events {
  void started(BareJid device);

  void proven(BareJid device);

  /** The link to the service is gone; it comes back by itself. */
  void cut(BareJid device);

  void command(BareJid device, Admission admission);

  void outcome(BareJid device, DocumentId command, Result result);

  /** Something was asked that could not even be answered with an outcome. */
  void unheeded(BareJid device, String from, Refusal refusal);

  /** So many more refusals of one sender were counted, not recorded. */
  void suppressed(BareJid device, String sender, long count);

  /** What an order with an end had done was undone, because its time was up. */
  void undone(BareJid device, Verb verb);

  /** It told so many peers what it sees. */
  void warns(BareJid device, Warning warning, int peers);

  /** It did something about a peer's warning, or refused to. */
  void reacts(BareJid device, WarningReport report);

  /** It raises an alarm, or says that one is over. */
  void alarm(BareJid device, Alarm alarm);

  /** The service has an alarm, under a number that people call it by. */
  void alarmTaken(BareJid device, Alarm alarm, OptionalLong number);

  /** Somebody has answered an alarm that the service had not taken. */
  void alarmTold(BareJid device, Alarm alarm, BareJid person);

  /** The service has the readings of this number. */
  void readingsTaken(BareJid device, long sequence);

  /** Something a person should look at, in words. */
  void trouble(BareJid device, String what);

  void stopped(BareJid device, String reason);
}
