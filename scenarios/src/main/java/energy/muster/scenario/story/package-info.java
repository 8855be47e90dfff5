/**
 * The stories themselves, one a class. What several of them need belongs to {@code scenario}; what
 * is not a promise to a user belongs to a unit test.
 */
package energy.muster.scenario.story;
