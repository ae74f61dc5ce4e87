package dev.lookbook.dataset;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** Picture files, prepared as the networks want them; all cores at work. */
final class Photos {
    private static final Preparation PREPARATION = Preparation.FASHION_MNIST_1;

    /** A file and its label, as an index. */
    record Labelled(Path file, int label) {}

    private Photos() {}

    /**
     * Reads pictures in the order of their file names.
     *
     * @param exact whether a grey picture of the networks' own size is taken as it is
     */
    static LabelledImages read(List<Labelled> photos, List<String> labels, boolean exact) throws DatasetException {
        List<Labelled> ordered = photos.stream()
                .sorted(Comparator.comparing(
                                (Labelled photo) -> photo.file().getFileName().toString())
                        .thenComparing(Labelled::label))
                .toList();
        int side = PREPARATION.side();
        byte[] pixels = new byte[Math.multiplyExact(ordered.size(), side * side)];
        Map<Integer, IOException> errors = new ConcurrentSkipListMap<>();
        IntStream.range(0, ordered.size()).parallel().forEach(i -> {
            try {
                byte[] prepared = prepare(Picture.read(ordered.get(i).file()), exact);
                System.arraycopy(prepared, 0, pixels, i * side * side, side * side);
            } catch (IOException e) {
                errors.put(i, e);
            }
        });
        if (!errors.isEmpty()) {
            throw unreadable(new TreeMap<>(errors));
        }
        return LabelledImages.of(
                side, side, pixels, ordered.stream().mapToInt(Labelled::label).toArray(), labels);
    }

    private static byte[] prepare(Picture picture, boolean exact) {
        boolean isOwnSize = picture.width() == PREPARATION.side() && picture.height() == PREPARATION.side();
        return exact && picture.isGrey() && isOwnSize
                ? picture.greyPixels()
                : PREPARATION.prepare(picture).pixels();
    }

    private static DatasetException unreadable(TreeMap<Integer, IOException> errors) {
        IOException first = errors.firstEntry().getValue();
        int others = errors.size() - 1;
        String more = others == 0 ? "" : " (and " + others + " more that cannot be read)";
        return new DatasetException(first.getMessage() + more, first);
    }
}
