// SPDX-License-Identifier: Apache-2.0
/**
 * A storm of faults over real processes: what strikes when is drawn from a seed, everything that
 * was asked, done and told goes into a history, and a checker proves from the history alone that no
 * promise was broken. What a site is made of and how its processes start belongs to the stage.
 */
package energy.muster.storm;
