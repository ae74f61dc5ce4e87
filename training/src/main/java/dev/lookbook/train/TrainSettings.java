package dev.lookbook.train;

import dev.lookbook.run.Yaml;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Everything decided about a training run, as {@code args.yaml} holds it. Equal settings give equal weights, bit for
 * bit, on the same kind of processor.
 *
 * @param model the network's name: mlp, classic, tiny, small, base
 * @param data where the pictures come from, as given to {@code --data}
 * @param dataSha256 SHA-256 of the training pictures and labels as they were read: a resumed or repeated run refuses others
 * @param holdout how many training pictures are kept apart to choose and calibrate on
 * @param calibrateFrom a run directory of a twin that held pictures out, whose temperature and {@code sure_at} a run
 *     without held-out pictures takes over; empty: none
 * @param teachers directories of finished runs whose networks' mean answer this run learns from, beside the labels
 * @param teachersSha256 hashes of their weights: a resumed or repeated run refuses others
 * @param teacherShare share of the teachers' probabilities in the target
 * @param seed of everything random: weights, order, augmentation, dropout
 * @param steps optimiser steps
 * @param batch pictures per step
 * @param threads libtorch's threads
 * @param precision what convolutions compute in: fp32 or bf16
 * @param optimizer sgd, muon (Muon on kernels, SGD on the rest) or adam
 * @param learningRate peak rate for the mean loss of a batch
 * @param muonRate peak rate of Muon's unit-size updates of the kernels
 * @param momentum Nesterov momentum (sgd, and what muon leaves to it); Muon's is always 0.6, and adam's decay of the first
 *     moment 0.9
 * @param weightDecay coupled weight decay on kernels and head; under muon on the head alone
 * @param biasRate what the learning rate is multiplied by for biases
 * @param samRadius how far each step first moves the weights to where the loss is higher, to take its gradient there
 *     (sharpness-aware minimisation), as the length of the vector of all weights; 0: not at all
 * @param samShare share of a batch that tells the way there
 * @param warmup share of the steps in which the rate rises from a fifth to its peak; 0: it starts there
 * @param finalRate share of the peak rate at the last step, reached linearly; 1: constant rate
 * @param labelSmoothing share of the target spread evenly over all classes
 * @param dropout share of neurons switched off before the last layer of classic
 * @param mirror whether each picture is mirrored in every other pass
 * @param shift pictures are moved by up to this many pixels
 * @param erase share of the pictures in which a rectangle is erased
 * @param eraseSide its longest side in pixels; the shortest is 4
 * @param eraseFill the grey, 0 to 255, that it is filled with; 0 is background
 * @param plainEnd share of the steps, at the end, without shift and erasing
 * @param hardShare share of the pictures, those that the network was least sure of, that each pass but the first
 *     takes; 1: all
 * @param easyShare share of the other pictures that such a pass takes as well, at random
 * @param averageMirror whether the model file averages a picture's probabilities with those of its mirror image: a little
 *     more accurate, and twice the time for each answer
 * @param stemStride 2: a residual network's stages begin at half of the picture's size, 1: at its full size
 * @param widths channels of each stage of a residual network; empty for mlp and classic
 * @param blocks residual blocks of each stage
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrainSettings(
        String model,
        String data,
        String dataSha256,
        int holdout,
        String calibrateFrom,
        List<String> teachers,
        List<String> teachersSha256,
        double teacherShare,
        long seed,
        long steps,
        int batch,
        int threads,
        String precision,
        String optimizer,
        double learningRate,
        double muonRate,
        double momentum,
        double weightDecay,
        double biasRate,
        double samRadius,
        double samShare,
        double warmup,
        double finalRate,
        double labelSmoothing,
        double dropout,
        boolean mirror,
        int shift,
        double erase,
        int eraseSide,
        int eraseFill,
        double plainEnd,
        double hardShare,
        double easyShare,
        boolean averageMirror,
        int stemStride,
        List<Integer> widths,
        List<Integer> blocks) {

    private static final int FEWEST_FOR_SAM = 8;

    public TrainSettings {
        oneOf("model", model, Presets.names());
        oneOf("precision", precision, List.of("fp32", "bf16"));
        oneOf("optimizer", optimizer, List.of("sgd", "muon", "adam"));
        atLeast("holdout", holdout, 0);
        between("teacher_share", teacherShare, 0, 1);
        atLeast("steps", steps, 1);
        atLeast("batch", batch, 1);
        atLeast("threads", threads, 1);
        between("learning_rate", learningRate, 0, 100);
        between("muon_rate", muonRate, 0, 100);
        between("momentum", momentum, 0, 0.9999);
        between("weight_decay", weightDecay, 0, 1);
        between("bias_rate", biasRate, 0, 1000);
        between("sam_radius", samRadius, 0, 10);
        between("sam_share", samShare, 0.01, 1);
        between("warmup", warmup, 0, 1);
        between("final_rate", finalRate, 0, 1);
        between("label_smoothing", labelSmoothing, 0, 0.9);
        between("dropout", dropout, 0, 0.9);
        between("shift", shift, 0, 8);
        between("erase", erase, 0, 1);
        between("erase_side", eraseSide, 4, 28);
        between("erase_fill", eraseFill, 0, 255);
        between("plain_end", plainEnd, 0, 1);
        between("hard_share", hardShare, 0, 1);
        between("easy_share", easyShare, 0, 1);
        between("stem_stride", stemStride, 1, 2);
        teachers = List.copyOf(teachers);
        teachersSha256 = List.copyOf(teachersSha256);
        widths = List.copyOf(widths);
        blocks = List.copyOf(blocks);
        if (widths.size() != blocks.size()) {
            throw new IllegalArgumentException(
                    "args: widths " + widths + " and blocks " + blocks + " must have one number per stage each");
        }
        widths.forEach(width -> between("widths", width, 1, 4096));
        blocks.forEach(count -> between("blocks", count, 0, 64));
        if (Networks.isResidual(model)) {
            requireStages(model, widths.size(), stemStride);
        } else if (!widths.isEmpty()) {
            throw new IllegalArgumentException("args: " + model + " has no stages; leave out widths and blocks");
        }
        if (dropout > 0 && !model.equals("classic")) {
            throw new IllegalArgumentException("args: dropout is " + dropout + ", but only classic has it");
        }
        if (samRadius > 0 && SharpnessAware.pictures(samShare, batch) < FEWEST_FOR_SAM) {
            throw new IllegalArgumentException(
                    "args: sam_share " + samShare + " of a batch of " + batch + " is less than "
                            + FEWEST_FOR_SAM + " pictures, of which batch normalisation cannot take its statistics;"
                            + " raise one of them");
        }
    }

    /** By the names in {@code args.yaml}, in the order of this record. */
    Map<String, Object> byName() {
        return Yaml.asMap(this);
    }

    private static void requireStages(String model, int stages, int stemStride) {
        int most = 1;
        for (int side = Training.SIDE / stemStride; side > 1; side /= 2) {
            most++;
        }
        if (stages < 1 || stages > most) {
            throw new IllegalArgumentException(
                    "args: " + model + " must have from 1 to " + most + " stages with stem_stride " + stemStride
                            + ", since each halves the picture's side, but widths has " + stages);
        }
    }

    private static void oneOf(String key, String value, List<String> known) {
        if (value == null || !known.contains(value)) {
            throw new IllegalArgumentException(
                    "args: " + key + " is \"" + value + "\"; known: " + String.join(", ", known));
        }
    }

    private static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("args: " + key + " must be at least " + least + ", but is " + value);
        }
    }

    private static void between(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "args: " + key + " must be from " + least + " to " + most + ", but is " + value);
        }
    }
}
