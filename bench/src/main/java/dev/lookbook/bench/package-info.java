/**
 * Measurements, each with a command in {@code docs/results.md}: {@code Load} asks a running server, {@code InProcess} does
 * the same work without one, {@code PreparePhotos} times what comes before the network, {@code Strangers} shows digits to
 * models that know garments. {@code results} writes the page's tables and charts.
 */
package dev.lookbook.bench;
