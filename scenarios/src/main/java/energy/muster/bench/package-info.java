/**
 * How fast Muster is, always as a ratio to a bare XMPP exchange on the same server in the same run.
 * Whether it is right belongs to the stories; no figure here fails a build.
 */
package energy.muster.bench;
