package dev.lookbook.model;

/**
 * How unlike the training pictures an embedding is: the relative Mahalanobis distance, which is the squared Mahalanobis
 * distance to the nearest class less that to all pictures taken together (Ren et al., arXiv 2106.09022). What lies far
 * from every class in directions that garments do not differ in is no garment.
 *
 * <p>With z = embedding - centre the distance is z' curvature z + min over the classes k of (z' slopes[k] + offsets[k]).
 * It is then moved and scaled so that {@code typical} becomes 0 and {@code rare} becomes 1.
 *
 * @param centre [size], the mean of the training pictures' embeddings
 * @param curvature [size][size], what the inverse covariances within classes and of all pictures differ by
 * @param slopes [size][classes]
 * @param offsets [classes]
 * @param typical the distance of a picture like the training pictures: the median of those held out
 * @param rare the distance that only one in a hundred held-out pictures exceeds; greater than {@code typical}
 */
public record RelativeDistance(
        float[] centre, float[] curvature, float[] slopes, float[] offsets, float typical, float rare) {
    public RelativeDistance {
        int size = centre.length;
        if (curvature.length != size * size || slopes.length != size * offsets.length) {
            throw new IllegalArgumentException("for " + size + " numbers and " + offsets.length
                    + " classes there must be " + size * size + " and " + size * offsets.length + " coefficients, not "
                    + curvature.length + " and " + slopes.length);
        }
        if (!(rare > typical && rare - typical < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a rare distance must be above a typical one, but is " + rare + ", and that is " + typical);
        }
    }

    /** The same distance on another scale. */
    public RelativeDistance scaled(float newTypical, float newRare) {
        return new RelativeDistance(centre, curvature, slopes, offsets, newTypical, newRare);
    }
}
