/**
 * Orders: what may be asked of a device, of whom, until when, and by whom. How an order travels, is
 * journaled or carried out belongs to the service and the agent.
 */
package energy.muster.command;
