/**
 * What became of an order: the device's signed answer, and the life of a delivery as the service
 * keeps it. How either is stored or sent belongs to the service and the agent.
 */
package energy.muster.outcome;
