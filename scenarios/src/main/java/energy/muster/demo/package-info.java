/**
 * The IEEE 123-node feeder on one machine, to try Muster on. How processes are started belongs to
 * {@code stage}; what the feeder consists of belongs to {@code site}.
 */
package energy.muster.demo;
