package dev.lookbook.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the fields of one protobuf message without copying it: {@link #next()} steps to a field, the other
 * methods look at it, and a field that nobody looks at is skipped. Nothing is allocated by what the bytes claim, only
 * by what is there.
 */
final class ProtoReader {
    private static final int MOST_NUMBERS = 10_000;

    private final byte[] bytes;
    private final int end;
    private int position;

    private int field;
    private int wireType;
    private long number;
    private int start; // of the current field's bytes, which end at position

    ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Steps to the next field; false at the end of the message. */
    boolean next() throws ProtoException {
        if (position == end) {
            return false;
        }
        long tag = varint();
        if (tag < 8 || tag > 0xFFFFFFFFL) {
            throw new ProtoException("there is no field " + (tag >>> 3));
        }
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        switch (wireType) {
            case ProtoWriter.VARINT -> number = varint();
            case ProtoWriter.FIXED64 -> skip(8);
            case ProtoWriter.BYTES -> skip(varint());
            case ProtoWriter.FIXED32 -> skip(4);
            default -> throw new ProtoException("field " + field + " is of unknown kind " + wireType);
        }
        return true;
    }

    int field() {
        return field;
    }

    long number() throws ProtoException {
        expect(ProtoWriter.VARINT);
        return number;
    }

    /** The whole numbers of a repeated field: one, or many when they are packed. */
    long[] numbers() throws ProtoException {
        if (wireType == ProtoWriter.VARINT) {
            return new long[] {number};
        }
        ProtoReader packed = message();
        long[] numbers = new long[Math.min(packed.end - packed.position, MOST_NUMBERS)]; // at least one byte each
        int count = 0;
        while (packed.position < packed.end) {
            if (count == MOST_NUMBERS) {
                throw new ProtoException("field " + field + " has more than " + MOST_NUMBERS + " numbers");
            }
            numbers[count++] = packed.varint();
        }
        return Arrays.copyOf(numbers, count);
    }

    String text() throws ProtoException {
        expect(ProtoWriter.BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, position - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtoException("the text of field " + field + " is not UTF-8");
        }
    }

    /** A view of the field's bytes, not a copy. */
    ByteBuffer buffer() throws ProtoException {
        expect(ProtoWriter.BYTES);
        return ByteBuffer.wrap(bytes, start, position - start).slice().asReadOnlyBuffer();
    }

    ProtoReader message() throws ProtoException {
        expect(ProtoWriter.BYTES);
        return new ProtoReader(bytes, start, position);
    }

    private void expect(int wanted) throws ProtoException {
        if (wireType != wanted) {
            throw new ProtoException("field " + field + " is of kind " + wireType + ", not " + wanted);
        }
    }

    private void skip(long length) throws ProtoException {
        if (length < 0 || length > end - position) {
            throw new ProtoException("field " + field + " has " + Long.toUnsignedString(length) + " bytes, but only "
                    + (end - position) + " are left");
        }
        start = position;
        position += (int) length;
    }

    private long varint() throws ProtoException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw new ProtoException("a number is cut off");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ProtoException("a number has more than ten bytes");
    }
}
