/**
 * The shape of every XML element of Muster, independent of any XMPP library. The XML itself is read
 * and written by the link (Smack) and the server adapter (dom4j), against the same golden files.
 */
package energy.muster.wire;
