package dev.lookbook.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor that is stored in the file; {@code data} is little-endian. */
record Constant(String name, int type, List<Integer> shape, ByteBuffer data) {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;

    Constant {
        shape = List.copyOf(shape);
    }

    static Constant floats(String name, List<Integer> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Constant(name, FLOAT, shape, data);
    }

    static Constant numbers(String name, long... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return new Constant(name, INT64, List.of(values.length), data);
    }

    long elements() {
        long elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    /** The first number of a list of whole numbers. */
    long first() {
        if (type != INT64 || data.limit() < 8) {
            throw new IllegalArgumentException(name + " is not a list of whole numbers");
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    float scalar() {
        if (type != FLOAT || data.limit() != 4) {
            throw new IllegalArgumentException(name + " is not one number");
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getFloat(0);
    }

    /** A copy of its numbers. */
    float[] floats() {
        if (type != FLOAT || data.limit() != 4 * elements()) {
            throw new IllegalArgumentException(name + " does not hold " + shape + " numbers of type FLOAT");
        }
        float[] values = new float[data.limit() / 4];
        data.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    byte[] bytes() {
        byte[] bytes = new byte[data.limit()];
        data.duplicate().rewind().get(bytes);
        return bytes;
    }
}
