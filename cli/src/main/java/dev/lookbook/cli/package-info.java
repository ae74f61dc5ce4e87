/**
 * The command line: one thin class per command, each of which parses its options, calls the packages that do the work,
 * and prints what they answer.
 *
 * <p>Start reading at {@link dev.lookbook.cli.Lookbook}. {@code Console} is where every command writes: answers to
 * stdout, progress and notes to stderr. {@code Problems} is the one place that turns an exception into a message and an
 * exit code. No command knows another, and nothing here does work that another program might want: that belongs into
 * the packages below, which do not know this one.
 */
package dev.lookbook.cli;
