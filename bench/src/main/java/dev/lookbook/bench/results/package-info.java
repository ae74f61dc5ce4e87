/**
 * Writes the tables and charts of {@code docs/results.md} from what runs and measurements left: model cards, run
 * directories, the figures of {@code bench/peers}, and what others published. Start reading at {@code ResultsPage}. Nothing
 * is computed here but means, ranges and ratios.
 */
package dev.lookbook.bench.results;
