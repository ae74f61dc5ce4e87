/**
 * Measures libraries that train and run networks against each other, the same way each, every measurement in a process of
 * its own. Start reading at {@code Peers}, the command; {@code Entrant} is what a library has to do, {@code Child} how it is
 * measured, {@code Ladder} which training schedules are worth measuring. Knows none of the libraries.
 */
package dev.lookbook.bench.harness;
