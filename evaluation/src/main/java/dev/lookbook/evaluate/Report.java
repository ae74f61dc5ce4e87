package dev.lookbook.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an evaluation found; {@code report.json} is this record with its names in snake_case. Fields are only ever
 * added. Shares and probabilities are from 0 to 1, intervals are 95%.
 *
 * @param model name of the model
 * @param version version of the model
 * @param modelSha256 content hash of the model file
 * @param data what the model was tested on, in words
 * @param testImages how many pictures were scored
 * @param accuracy share of right answers
 * @param macroF1 mean F1 of the classes that have pictures; empty if a mapping counts one label for two classes
 * @param nll mean negative log-likelihood of the right labels, natural logarithm
 * @param ece expected calibration error, 15 bins of equal width
 * @param eceInterval bootstrap over pictures, corrected for the excess that noise adds to {@code ece}
 * @param eceIfPerfect what a perfectly calibrated model with the same confidences would show on as many pictures
 * @param calibrated whether the model's temperature was fitted on held-out images
 * @param sure the answers that the model calls sure; empty if it calls none so
 * @param unfamiliar share of the pictures that are stranger than all but one in a hundred of the model's held-out pictures;
 *     empty if the model does not know
 * @param trainSeconds from the first byte of data read to the last optimiser step; empty if only evaluated
 * @param steps optimiser steps; empty if only evaluated
 * @param parameters of the network
 * @param weightsSha256 hash of the trained weights; empty if only evaluated
 * @param classes a row for each class of the data, in order
 * @param labels the labels of the model: the columns of {@code confusion}
 * @param confusion how often pictures of each class (row) were given each label (column)
 * @param reliability the bins behind {@code ece}
 * @param riskCoverage accuracy if only the most confident answers are given
 * @param mostWrong the pictures with the largest loss, largest first
 * @param leftOut classes of the data that a mapping leaves out
 */
public record Report(
        String model,
        String version,
        String modelSha256,
        String data,
        int testImages,
        double accuracy,
        Interval accuracyInterval,
        OptionalDouble macroF1,
        double nll,
        double ece,
        Interval eceInterval,
        Expected eceIfPerfect,
        boolean calibrated,
        Optional<Sure> sure,
        OptionalDouble unfamiliar,
        OptionalDouble trainSeconds,
        OptionalLong steps,
        long parameters,
        Optional<String> weightsSha256,
        List<ClassScore> classes,
        List<String> labels,
        List<List<Integer>> confusion,
        List<Bin> reliability,
        List<Coverage> riskCoverage,
        List<Loss> mostWrong,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LeftOut> leftOut) {

    public Report {
        if (testImages < 1 || !(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException(
                    "a report needs an accuracy from 0 to 1 on at least one picture, but has " + accuracy + " on "
                            + testImages);
        }
        classes = copy(classes);
        labels = copy(labels);
        confusion = copy(confusion);
        reliability = copy(reliability);
        riskCoverage = copy(riskCoverage);
        mostWrong = copy(mostWrong);
        leftOut = copy(leftOut);
    }

    /**
     * What training knows about a model beside its file.
     *
     * @param seconds from the first byte of data read to the last optimiser step, summed over resumes
     * @param steps optimiser steps
     * @param weightsSha256 hash over names, parameters and buffers in order
     */
    public record Training(double seconds, long steps, String weightsSha256) {}

    /** The mean and the middle 95% of simulated values. */
    public record Expected(double mean, Interval interval) {}

    /**
     * Answers at or above the confidence that the model's author calls sure, on pictures that are not unfamiliar. Only pixels
     * are looked at here: the few photos in which no garment is found, whose answers are never sure when classified one by one, are not told apart.
     *
     * @param at that confidence
     * @param images how many answers reach it
     * @param share of all answers
     * @param accuracy of those answers; 0 if there are none
     * @param interval of that accuracy (Wilson); empty if there are none
     */
    public record Sure(double at, int images, double share, double accuracy, Optional<Interval> interval) {}

    /**
     * One class of the data.
     *
     * @param precision share of right ones among the pictures that were called so; 0 if none was
     * @param recall share of the class's pictures that were called so; 0 if there are none
     * @param f1 harmonic mean of both
     * @param support how many pictures the class has
     * @param countsAs the model's labels that are right for it; empty if that is just its own name
     */
    public record ClassScore(
            String label,
            OptionalDouble precision,
            double recall,
            OptionalDouble f1,
            int support,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> countsAs) {
        public ClassScore {
            countsAs = copy(countsAs);
        }

        /** Whether an answer of the model is right for this class. */
        public boolean accepts(String answer) {
            return countsAs.isEmpty() ? answer.equals(label) : countsAs.contains(answer);
        }
    }

    /** Answers with a confidence above {@code low}, up to {@code high}: their count, mean confidence and accuracy. */
    public record Bin(double low, double high, int images, double confidence, double accuracy) {}

    /** The answers of this confidence and above: their share of all, count and accuracy with Wilson's interval. */
    public record Coverage(double share, int images, double confidence, double accuracy, Interval interval) {}

    /** A picture by its index in the data; its class, the label it was given and with what confidence. */
    public record Loss(int image, String label, String predicted, double confidence, double loss) {}

    /** A class that was not scored. */
    public record LeftOut(String label, int images) {}

    /**
     * Reads a {@code report.json} back. Fields that this version does not know are ignored.
     *
     * @throws IOException if the file cannot be read or is not a report; the message names it
     */
    public static Report read(Path file) throws IOException {
        return ReportFile.read(file);
    }

    /** This report as JSON text. */
    public String json() {
        return ReportFile.json(this);
    }

    /** Whether an answer among the most wrong is right after all, as can be if there are few pictures. */
    boolean isRight(Loss answer) {
        return classes.stream().anyMatch(row -> row.label().equals(answer.label()) && row.accepts(answer.predicted()));
    }

    Report trained(Training training) {
        return new Report(
                model,
                version,
                modelSha256,
                data,
                testImages,
                accuracy,
                accuracyInterval,
                macroF1,
                nll,
                ece,
                eceInterval,
                eceIfPerfect,
                calibrated,
                sure,
                unfamiliar,
                OptionalDouble.of(training.seconds()),
                OptionalLong.of(training.steps()),
                parameters,
                Optional.of(training.weightsSha256()),
                classes,
                labels,
                confusion,
                reliability,
                riskCoverage,
                mostWrong,
                leftOut);
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list); // a list that an older file lacks
    }
}
