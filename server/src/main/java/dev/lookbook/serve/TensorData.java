package dev.lookbook.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The numbers of a tensor in JSON, flat or nested, row by row. Kept as bytes while they are read: 0 to 255 is all there is. */
final class TensorData {
    private static final int DEEPEST = 8;

    private byte[] values = new byte[1024];
    private int count;
    private final List<Long> nesting =
            new ArrayList<>(); // length of the arrays of each depth; all of a depth are equal
    private String problem = "";

    private TensorData() {}

    /** @param parser at the start of the array */
    static TensorData read(JsonParser parser) {
        TensorData data = new TensorData();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Problem.badRequest("data must be an array of numbers, but is " + parser.currentToken());
        }
        data.readArray(parser, 0);
        return data;
    }

    byte[] pixels() {
        return Arrays.copyOf(values, count);
    }

    /** What is wrong with the first number that is none from 0 to 255; empty if all are right. */
    String problem() {
        return problem;
    }

    /** Whether the arrays are nested as this shape is, or not nested at all. */
    boolean fits(long[] shape) {
        return nesting.size() == 1
                || Arrays.equals(nesting.stream().mapToLong(Long::longValue).toArray(), shape);
    }

    String nesting() {
        return nesting.toString();
    }

    private void readArray(JsonParser parser, int depth) {
        if (depth >= DEEPEST) {
            throw Problem.badRequest("data is nested more than " + DEEPEST + " arrays deep");
        }
        long length = 0;
        boolean hasNumbers = false;
        boolean hasArrays = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                hasArrays = true;
                readArray(parser, depth + 1);
            } else if (token == JsonToken.START_OBJECT) { // with names, which the parser would remember
                throw Problem.badRequest(
                        "element " + count + " of data is an object, not a whole number from 0 to 255");
            } else {
                hasNumbers = true;
                add(parser, token);
            }
            length++;
        }
        if (hasNumbers && hasArrays || hasNumbers && depth + 1 < nesting.size()) {
            throw Problem.badRequest("data mixes numbers and arrays at one depth");
        }
        note(depth, length);
    }

    /** Inner arrays end before the outer ones: depths are noted from the inside out, and then compared. */
    private void note(int depth, long length) {
        while (nesting.size() <= depth) {
            nesting.add(-1L);
        }
        long other = nesting.get(depth);
        if (other >= 0 && other != length) {
            throw Problem.badRequest("data is ragged: arrays at depth " + (depth + 1) + " have " + other + " and "
                    + length + " elements");
        }
        nesting.set(depth, length);
    }

    private void add(JsonParser parser, JsonToken token) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        int value = token == JsonToken.VALUE_NUMBER_INT && parser.getString().length() <= 4 ? parser.getIntValue() : -1;
        if ((value < 0 || value > 255) && problem.isEmpty()) {
            String text = String.valueOf(parser.getString());
            problem = "element " + count + " of data is " + (text.length() <= 40 ? text : text.substring(0, 40) + "...")
                    + ", not a whole number from 0 to 255";
        }
        values[count++] = (byte) value;
    }
}
