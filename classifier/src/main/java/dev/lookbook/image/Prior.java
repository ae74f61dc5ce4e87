package dev.lookbook.image;

import java.util.stream.IntStream;

/**
 * Where garments lie in photos before the photo is looked at: in the middle, hardly ever at the edge.
 *
 * @param garment the probability of garment, 0.02 to 0.9, {@code [height][width]}
 * @param logit log(garment / (1 - garment))
 * @param edge the places at the edge
 */
record Prior(float[] garment, float[] logit, int[] edge) {

    /** Where the edge begins, from 0 in the middle to 1 at the border. */
    private static final float EDGE_FROM = 0.93f;

    private static final float GARMENT_AT_EDGE = 0.03f;
    private static final float GROUND_AT_EDGE = 0.9f;

    static Prior of(int width, int height) {
        float[] garment = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float u = distance(x, width);
                float v = distance(y, height);
                garment[y * width + x] = (float) Math.max(0.02, Math.min(0.9, 1.15 - Math.sqrt(u * u + v * v)));
            }
        }
        int[] edge = edge(width, height);
        for (int i : edge) {
            garment[i] = GARMENT_AT_EDGE;
        }
        float[] logit = new float[garment.length];
        for (int i = 0; i < logit.length; i++) {
            logit[i] = (float) Math.log(garment[i] / (1 - garment[i]));
        }
        return new Prior(garment, logit, edge);
    }

    /** The places whose distance from the middle, across or down, is over 0.93 of that to the border. */
    static int[] edge(int width, int height) {
        return IntStream.range(0, width * height)
                .filter(i -> Math.max(distance(i % width, width), distance(i / width, height)) > EDGE_FROM)
                .toArray();
    }

    /** How much each place counts as ground, given how much as garment: at the edge always nearly full. */
    float[] ground(float[] probability) {
        float[] ground = new float[probability.length];
        for (int i = 0; i < ground.length; i++) {
            ground[i] = 1 - probability[i];
        }
        for (int i : edge) {
            ground[i] = Math.max(GROUND_AT_EDGE, ground[i]);
        }
        return ground;
    }

    private static float distance(int at, int length) {
        return Math.abs(2 * at + 1 - length) / (float) length;
    }
}
