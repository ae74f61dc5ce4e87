/**
 * Measurements, each with a command in {@code docs/results.md}: {@code Load} asks a running server, {@code InProcess} does
 * the same work without one.
 */
package dev.lookbook.bench;
