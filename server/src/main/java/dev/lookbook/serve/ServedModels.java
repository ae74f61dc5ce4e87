package dev.lookbook.serve;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What requests see of a folder's models at one moment: those that answer by name, and a line for each file. */
record ServedModels(NavigableMap<ModelName, ServedModel> byName, List<ModelState> index) {
    static final ServedModels NONE = new ServedModels(Collections.emptyNavigableMap(), List.of());

    /** Gives each name to one of the files that have a model of it. */
    static ServedModels of(Collection<ModelEntry> entries, ServedModels before) {
        NavigableMap<ModelName, ServedModel> byName = new TreeMap<>();
        // Of two files with one name and version the one that is served already goes on.
        Stream.concat(entries.stream().filter(before::serves), entries.stream().filter(entry -> !before.serves(entry)))
                .forEach(entry -> entry.takeName(byName));
        ServedModels named = new ServedModels(Collections.unmodifiableNavigableMap(byName), List.of());
        return new ServedModels(
                named.byName,
                entries.stream().map(entry -> entry.state(named.serves(entry))).toList());
    }

    /** By the file, for its model may just have been replaced. */
    boolean serves(ModelEntry entry) {
        ServedModel now = entry.model() == null ? null : byName.get(entry.name());
        return now != null && now.file().equals(entry.file());
    }

    /** The versions of a model that answer, from the oldest to the newest; empty if there is none of that name. */
    List<String> versions(String name) {
        return byName.keySet().stream()
                .filter(model -> model.name().equals(name))
                .map(ModelName::version)
                .toList();
    }

    /** @param version empty: the newest */
    Optional<ServedModel> find(String name, Optional<String> version) {
        return version.isPresent()
                ? Optional.ofNullable(byName.get(new ModelName(name, version.get())))
                : byName.values().stream()
                        .filter(model -> model.name().name().equals(name))
                        .reduce((older, newer) -> newer);
    }

    /** Why {@link #find} found nothing: 404, or 503 if there is a file of that name. */
    Problem missing(String name, Optional<String> version) {
        List<String> versions = versions(name);
        for (ModelState state : index) {
            boolean isMeant =
                    versions.isEmpty() || version.isPresent() && version.get().equals(state.version());
            if (isMeant && state.name().equals(name) && !state.ready()) {
                return Problem.busy("model '" + name + "' does not answer: " + state.reason());
            }
        }
        if (!versions.isEmpty()) {
            return Problem.notFound("model '" + shown(name) + "' has no version '" + shown(version.orElse(""))
                    + "'. There are: " + String.join(", ", versions));
        }
        Set<String> names =
                byName.keySet().stream().map(ModelName::name).collect(Collectors.toCollection(TreeSet::new));
        return Problem.notFound("there is no model '" + shown(name) + "'. There are: "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
    }

    /** A name from a request, as long as makes sense in an answer. */
    static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
