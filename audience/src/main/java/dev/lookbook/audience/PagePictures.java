package dev.lookbook.audience;

import dev.lookbook.classify.Input;
import dev.lookbook.dataset.Rows;
import dev.lookbook.evaluate.Html;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pictures of articles, as far as they can be found: files, or rows of a table as {@code FILE#INDEX}. */
final class PagePictures {
    private static final int SIDE = 84;

    private final Path folder;
    private final Map<String, BufferedImage> rows = new HashMap<>();

    PagePictures(Path folder) {
        this.folder = folder;
    }

    /** Reads rows of tables, each table once; without this they are read one by one. */
    void load(Collection<String> names) {
        Map<String, List<Integer>> wanted = new TreeMap<>();
        for (String name : names) {
            int hash = name.lastIndexOf('#');
            if (hash > 0 && name.substring(hash + 1).matches("\\d{1,9}")) {
                wanted.computeIfAbsent(name.substring(0, hash), file -> new ArrayList<>())
                        .add(Integer.parseInt(name.substring(hash + 1)));
            }
        }
        wanted.forEach(this::load);
    }

    private void load(String file, List<Integer> indices) {
        try {
            Path path = folder.resolve(file);
            if (!Files.isRegularFile(path) || !Rows.isTable(path)) {
                return;
            }
            int last = indices.stream().mapToInt(i -> i).max().orElse(-1);
            try (Rows table = Rows.open(path)) {
                for (int i = 0; i <= last && table.hasNext(); i++) {
                    Input row = table.next();
                    if (indices.contains(i)) {
                        rows.put(
                                file + "#" + i,
                                row.prepare(Preparation.FASHION_MNIST_1)
                                        .toPicture()
                                        .toImage());
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            // A page without a picture is still a page; the place says that it is missing.
        }
    }

    /** The picture, or a grey place where it is not to be had. */
    Html image(String name, String alternative) {
        if (!rows.containsKey(name)) {
            load(List.of(name));
        }
        BufferedImage image = rows.containsKey(name) ? rows.get(name) : file(name);
        return image == null
                ? Html.of("<span class=\"no-picture\">no picture</span>")
                : Html.of("<img src=\"{}\" alt=\"{}\">", Html.picture(image), alternative);
    }

    private BufferedImage file(String name) {
        try {
            Path path = folder.resolve(name);
            return Files.isRegularFile(path) ? small(Picture.read(path).toImage()) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static BufferedImage small(BufferedImage image) {
        double scale = Math.min(1, 2.0 * SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
