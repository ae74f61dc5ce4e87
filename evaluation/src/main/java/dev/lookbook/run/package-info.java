/**
 * Run directories: what a training run leaves behind, written so that a killed run leaves no half file, and read back
 * to resume a run or to compare several.
 *
 * <p>Start reading at {@link dev.lookbook.run.RunFolder}. This package knows the files of a run by name and form; it
 * must not know how a network is trained, scored or drawn.
 */
package dev.lookbook.run;
