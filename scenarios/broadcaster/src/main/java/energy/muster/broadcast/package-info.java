/**
 * What Openfire does without Muster when one word goes to everybody, for benchmarks to compare
 * with. Nothing here runs in a server that serves a site.
 */
package energy.muster.broadcast;
