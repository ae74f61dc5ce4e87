package dev.lookbook.model;

import java.io.IOException;

/** Bytes that are not the protobuf message they should be, or one that we refuse. */
final class ProtoException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtoException(String message) {
        super(message);
    }
}
