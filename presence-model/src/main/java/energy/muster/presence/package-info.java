/**
 * What a device says about itself and how sure the service is of it, in the words of the field. How
 * presence travels and who may see it belongs elsewhere.
 */
package energy.muster.presence;
