/**
 * One authenticated and key-proven XMPP session with the service: connecting, proving, asking,
 * being asked, and coming back after a cut. What is asked for, and what a device or a person does
 * with it, belongs elsewhere.
 */
package energy.muster.link;
