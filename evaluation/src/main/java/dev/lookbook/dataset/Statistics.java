package dev.lookbook.dataset;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What there is to know about a set of images before training on it.
 *
 * @param countOfEachLabel in label order
 * @param mean of all pixels, black 0 and white 1
 * @param deviation standard deviation of all pixels, on the same scale
 */
public record Statistics(
        int count, int height, int width, Map<String, Integer> countOfEachLabel, double mean, double deviation) {

    public static Statistics of(LabelledImages images) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int[] each = images.countOfEachLabel();
        for (int c = 0; c < each.length; c++) {
            counts.put(images.labels().get(c), each[c]);
        }
        long[] histogram = new long[256];
        for (byte pixel : images.pixels()) {
            histogram[pixel & 0xff]++;
        }
        double pixels = Math.max(1, images.pixels().length);
        double sum = 0;
        double squares = 0;
        for (int value = 0; value < 256; value++) {
            sum += (double) histogram[value] * value / 255;
            squares += (double) histogram[value] * value * value / (255.0 * 255.0);
        }
        double mean = sum / pixels;
        double deviation = Math.sqrt(Math.max(0, squares / pixels - mean * mean));
        return new Statistics(images.count(), images.height(), images.width(), counts, mean, deviation);
    }
}
