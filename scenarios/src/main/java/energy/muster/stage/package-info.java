/**
 * Brings a whole site up on this machine: keys, accounts, configuration, the server's process, the
 * devices' processes, and people at consoles. What then happens on that stage belongs to the demo,
 * the stories and the benchmarks.
 */
package energy.muster.stage;
