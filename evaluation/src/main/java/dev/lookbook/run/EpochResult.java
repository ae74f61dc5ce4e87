package dev.lookbook.run;

import java.util.OptionalDouble;

/**
 * One line of {@code results.csv}.
 *
 * @param epoch from 1
 * @param seconds training time so far, summed over resumes
 * @param trainAccuracy from 0 to 1
 * @param validationLoss empty when nothing is held out
 * @param validationAccuracy from 0 to 1; empty when nothing is held out
 */
public record EpochResult(
        int epoch,
        double seconds,
        double trainLoss,
        double trainAccuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        double learningRate) {}
