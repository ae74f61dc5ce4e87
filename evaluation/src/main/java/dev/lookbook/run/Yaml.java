package dev.lookbook.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.lookbook.dataset.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Typed settings in a YAML file: unknown keys, double keys and wrong types are errors that say so, and so are keys
 * without a value, but for those of an {@link java.util.Optional}.
 */
public final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .withConfigOverride(List.class, list -> list.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
            .withConfigOverride(Map.class, map -> map.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
            .build();

    private static final YAMLMapper STRICT = MAPPER.rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private Yaml() {}

    /** Writes a record (or map) as one key a line, in the order of its components, whole or not at all. */
    public static void write(Path file, Object settings) throws IOException {
        WholeFile.write(file, format(settings));
    }

    public static String format(Object settings) {
        return MAPPER.writeValueAsString(settings);
    }

    /**
     * Reads settings: keys that are missing keep their value from {@code defaults}, keys that {@code defaults} does not
     * have are errors.
     *
     * @param defaults a record (or bean) whose components are the keys
     */
    public static <T> T read(Path file, T defaults) throws IOException {
        ObjectNode merged = MAPPER.valueToTree(defaults);
        Collection<String> known = new ArrayList<>(merged.propertyNames());
        for (var entry : tree(file).properties()) {
            if (!known.contains(entry.getKey())) {
                throw new RunException(
                        file + ": unknown key \"" + entry.getKey() + "\". Known keys: " + String.join(", ", known));
            }
            merged.set(entry.getKey(), entry.getValue());
        }
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) defaults.getClass();
            return MAPPER.treeToValue(merged, type);
        } catch (JacksonException e) {
            throw new RunException(file + ": " + explain(e, merged), e);
        }
    }

    /** The keys and values of a file as they stand, in their order. */
    public static Map<String, Object> map(Path file) throws IOException {
        return MAPPER.convertValue(tree(file), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** A record's components by the names that they have in a file, in their order. */
    public static Map<String, Object> asMap(Object settings) {
        return MAPPER.convertValue(settings, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * Turns keys and values into settings; every component must be given.
     *
     * @param type a record whose components are the keys
     * @param place where the values come from, for error messages
     */
    public static <T> T convert(Map<String, ?> values, Class<T> type, String place) throws IOException {
        try {
            return STRICT.convertValue(values, type);
        } catch (UnrecognizedPropertyException e) {
            throw new RunException(
                    place + ": unknown key \"" + e.getPropertyName() + "\". Known keys: "
                            + e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        } catch (JacksonException e) {
            throw new RunException(place + ": " + explain(e, MAPPER.valueToTree(values)), e);
        }
    }

    /** The keys and values of a file, whatever they are. */
    static ObjectNode tree(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new RunException(file + " is a folder, not a YAML file");
        }
        try {
            JsonNode tree = MAPPER.readTree(Files.readString(file));
            if (tree instanceof ObjectNode object) {
                return object;
            }
            if (tree.isMissingNode() || tree.isNull()) {
                return MAPPER.createObjectNode();
            }
            throw new RunException(file + " must be lines of \"key: value\"");
        } catch (NoSuchFileException e) {
            throw new RunException(file + " does not exist. Check the spelling", e);
        } catch (CharacterCodingException e) {
            throw new RunException(file + " is not UTF-8 text", e);
        } catch (JacksonException e) {
            throw new RunException(file + ": " + explain(e, MAPPER.createObjectNode()), e);
        }
    }

    /** One line: where, and what is wrong. */
    private static String explain(JacksonException e, ObjectNode read) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return e.getCause().getMessage(); // a record has refused its values, in words of its own
        }
        if (e instanceof MismatchedInputException mismatch && !e.getPath().isEmpty()) {
            String key = e.getPath().get(0).getPropertyName();
            if (e instanceof InvalidNullException && e.getPath().size() > 1) {
                JacksonException.Reference entry = e.getPath().get(1);
                return "key \"" + key + "\" is " + read.get(key) + ", whose entry "
                        + (entry.getIndex() < 0 ? "\"" + entry.getPropertyName() + "\"" : entry.getIndex() + 1)
                        + " is empty; give it a value or remove it";
            }
            return "key \"" + key + "\" must be " + kind(mismatch.getTargetType()) + ", but is " + read.get(key);
        }
        String where = e.getLocation() == null || e.getLocation() == TokenStreamLocation.NA
                ? ""
                : "line " + e.getLocation().getLineNr() + ": ";
        return where + e.getOriginalMessage().lines().findFirst().orElse("this is not YAML");
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "a mapping";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number" : "a " + type.getSimpleName();
    }
}
