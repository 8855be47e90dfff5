/**
 * How an account shows that its session holds the account's key, and whom it lets look. What a
 * proven session may then ask for belongs to the packages of those subjects.
 */
package energy.muster.session;
