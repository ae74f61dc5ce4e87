package dev.lookbook.image;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The named ways to make a network's input of a picture. A model file names the one that its network needs. */
public enum Preparation {

    /** Looks like Fashion-MNIST: 28 x 28, a light garment without surroundings on black, longest side 28. */
    FASHION_MNIST_1("fashion-mnist/1", FashionMnist.SIDE) {
        @Override
        public Prepared prepare(Picture picture) {
            return FashionMnist.prepare(picture);
        }
    };

    private final String id;
    private final int side;

    Preparation(String id, int side) {
        this.id = id;
        this.side = side;
    }

    /** The preparation of that name, such as {@code fashion-mnist/1}. */
    public static Preparation of(String id) {
        return Arrays.stream(values())
                .filter(preparation -> preparation.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown preparation \"" + id + "\". Known: "
                        + Arrays.stream(values()).map(Preparation::id).collect(Collectors.joining(", "))));
    }

    /** The name that is written into model files. What it stands for never changes: a better one gets a new name. */
    public String id() {
        return id;
    }

    /** Width and height of what it makes, in pixels. */
    public int side() {
        return side;
    }

    /** Makes the input of a picture of any size. Deterministic, and safe to call from many threads. */
    public abstract Prepared prepare(Picture picture);
}
