package dev.lookbook.train;

import dev.lookbook.evaluate.Report;
import java.nio.file.Path;

/**
 * A finished run.
 *
 * @param folder the run directory
 * @param model the model file in it
 * @param report how the model did on the test split, read once
 */
public record TrainedRun(Path folder, Path model, Report report) {}
