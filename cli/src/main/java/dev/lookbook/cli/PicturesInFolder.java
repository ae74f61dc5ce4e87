package dev.lookbook.cli;

import dev.lookbook.classify.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The picture files in a folder and the folders below it, those of one folder in the order of their names. Other files
 * and hidden ones are passed over; links are followed, but no folder is visited twice. A folder without a single picture
 * gives one input that fails, and so does one that cannot be read.
 */
final class PicturesInFolder implements Iterator<Input> {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp");

    private final Path top;
    private final Deque<Path> todo = new ArrayDeque<>();
    private final Set<Object> visited = new HashSet<>();
    private Input next;
    private boolean foundAny;

    PicturesInFolder(Path top) {
        this.top = top;
        todo.push(top);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !todo.isEmpty()) {
            visit(todo.pop());
        }
        if (next == null && !foundAny) {
            next = new Inputs.Failing(
                    top.toString(),
                    top + ": no picture in this folder (looked for " + String.join(", ", endings()) + ")");
        }
        foundAny |= next != null;
        return next != null;
    }

    @Override
    public Input next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Input input = next;
        next = null;
        return input;
    }

    private void visit(Path path) {
        if (!Files.isDirectory(path)) {
            next = Input.file(path);
            return;
        }
        try {
            if (visited.add(path.toRealPath())) {
                List<Path> inside = inside(path);
                for (int i = inside.size() - 1; i >= 0; i--) {
                    todo.push(inside.get(i));
                }
            }
        } catch (IOException e) {
            next = new Inputs.Failing(path.toString(), Problems.message(e));
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PicturesInFolder::isWanted).sorted().toList();
        }
    }

    private static boolean isWanted(Path path) {
        String name = path.getFileName().toString();
        if (name.startsWith(".")) {
            return false;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) || Files.isDirectory(path);
    }

    private static List<String> endings() {
        return ENDINGS.stream().sorted().toList();
    }
}
