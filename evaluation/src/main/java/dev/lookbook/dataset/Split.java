package dev.lookbook.dataset;

/** Images to learn from and images to choose with; no image is in both. */
public record Split(LabelledImages training, LabelledImages heldOut) {}
