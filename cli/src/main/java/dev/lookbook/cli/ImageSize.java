package dev.lookbook.cli;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.ModelFile;
import java.io.IOException;

/** Whether images are what a model takes without preparing them. */
final class ImageSize {

    private ImageSize() {}

    static void require(LabelledImages images, String data, ModelFile model) throws IOException {
        if (images.height() != model.height() || images.width() != model.width()) {
            throw new IOException(
                    "%s has images of %dx%d pixels, but model %s wants %dx%d. Give a model that was trained"
                                    .formatted(
                                            data,
                                            images.width(),
                                            images.height(),
                                            model.info().name(),
                                            model.width(),
                                            model.height())
                            + " on such images");
        }
    }
}
