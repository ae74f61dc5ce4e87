/**
 * Pixels: a picture file becomes a {@link dev.lookbook.image.Picture}, and a photo becomes what a network was trained
 * on. Start reading at {@link dev.lookbook.image.Picture#read(java.nio.file.Path)} and at
 * {@link dev.lookbook.image.Preparation}. This package knows nothing of models, labels or commands.
 */
package dev.lookbook.image;
