/**
 * Stories: what Muster promises, played on the real server by real processes and asserted line by
 * line. How the stage is set belongs to {@code stage}.
 */
package energy.muster.scenario;
