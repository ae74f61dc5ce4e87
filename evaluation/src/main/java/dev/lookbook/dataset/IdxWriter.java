package dev.lookbook.dataset;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Writes images and labels as a pair of IDX files. */
final class IdxWriter {
    private IdxWriter() {}

    static void write(LabelledImages images, String split, Path folder) throws IOException {
        if (images.labels().size() > 256) {
            throw new DatasetException("IDX files hold up to 256 classes, but there are "
                    + images.labels().size() + ". Convert to csv or folder");
        }
        String prefix = split.equals(Source.TEST) ? "t10k" : split;
        WholeFile.write(folder.resolve(prefix + "-images-idx3-ubyte"), stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(IdxStream.IMAGES);
            out.writeInt(images.count());
            out.writeInt(images.height());
            out.writeInt(images.width());
            out.write(images.pixels());
        });
        WholeFile.write(folder.resolve(prefix + "-labels-idx1-ubyte"), stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(IdxStream.LABELS);
            out.writeInt(images.count());
            for (int label : images.labelIndices()) {
                out.write(label);
            }
        });
    }
}
