package dev.lookbook.dataset;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Path;

/** The rows of an IDX file of images. */
final class IdxTable implements Rows.Table {
    private final IdxStream in;
    private long row;

    private IdxTable(IdxStream in) {
        this.in = in;
    }

    static IdxTable open(Path file) throws DatasetException {
        return new IdxTable(IdxStream.open(file, IdxStream.IMAGES));
    }

    @Override
    public Rows.Row next(String name) throws DatasetException {
        if (row == in.count()) {
            in.requireEnd();
            return null;
        }
        byte[] pixels = new byte[in.height() * in.width()];
        in.read(pixels, 0, pixels.length, row * pixels.length);
        row++;
        return new Image(name, in.height(), in.width(), pixels);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** An image of the networks' size is taken as it is, as in training; any other is a picture like any other. */
    private record Image(String name, int height, int width, byte[] pixels) implements Rows.Row {
        @Override
        public Prepared prepare(Preparation preparation) {
            return height == preparation.side() && width == preparation.side()
                    ? Rows.asItIs(preparation.side(), pixels)
                    : preparation.prepare(picture());
        }

        @Override
        public Picture picture() {
            return Picture.grey(width, height, pixels);
        }
    }
}
