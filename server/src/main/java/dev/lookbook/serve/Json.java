package dev.lookbook.serve;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** JSON, written in one place. */
final class Json {
    static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The form that every client of the protocol reads: one key and a sentence. */
    static byte[] error(String message) {
        return bytes(Map.of("error", message));
    }
}
