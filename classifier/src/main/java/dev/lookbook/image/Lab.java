package dev.lookbook.image;

/**
 * CIE L*a*b* of sRGB (IEC 61966-2-1, white D65): equal distances look about equally different, which makes its bins
 * fair ones.
 */
final class Lab {

    /** Linear light, 0 to 1, by sRGB value. */
    private static final float[] LINEAR = new float[257];

    static {
        for (int i = 0; i < LINEAR.length; i++) {
            double value = Math.min(i, 255) / 255.0;
            LINEAR[i] = (float) (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
    }

    private Lab() {}

    /**
     * Converts one colour.
     *
     * @param red 0 to 255; green and blue alike
     * @param lab receives L 0 to 100, a and b about -110 to 110
     */
    static void convert(float red, float green, float blue, float[] lab) {
        float r = linear(red);
        float g = linear(green);
        float b = linear(blue);
        double x = f((0.412453f * r + 0.357580f * g + 0.180423f * b) / 0.950456f);
        double y = f(0.212671f * r + 0.715160f * g + 0.072169f * b);
        double z = f((0.019334f * r + 0.119193f * g + 0.950227f * b) / 1.088754f);
        lab[0] = (float) (116 * y - 16);
        lab[1] = (float) (500 * (x - y));
        lab[2] = (float) (200 * (y - z));
    }

    private static float linear(float value) {
        int i = (int) value;
        return LINEAR[i] + (value - i) * (LINEAR[i + 1] - LINEAR[i]);
    }

    private static double f(float t) {
        return t > 216f / 24389 ? Math.cbrt(t) : (24389f / 27 * t + 16) / 116;
    }
}
