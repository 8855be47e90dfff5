/**
 * What every sealed document has in common: its type, site, id, issuer and time of issue. What a
 * document says belongs to the package of its subject.
 */
package energy.muster.document;
