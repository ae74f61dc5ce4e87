/**
 * Labelled images: found, read, checked, split, counted, shown and written in the forms they come in (IDX, CSV, folders
 * of pictures).
 *
 * <p>Start reading at {@link dev.lookbook.dataset.Source}, which turns what a user wrote into
 * {@link dev.lookbook.dataset.LabelledImages}; {@link dev.lookbook.dataset.Rows} streams what does not fit into memory.
 * This package must not know how a network is trained or scored.
 */
package dev.lookbook.dataset;
