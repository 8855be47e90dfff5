/**
 * Who is on duty: a signed roster of teams, what it says of any moment, and when that changes. It
 * says nothing of who is there just now, and gives nobody a right.
 */
package energy.muster.duty;
