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
        float x = f((0.412453f * r + 0.357580f * g + 0.180423f * b) / 0.950456f);
        float y = f(0.212671f * r + 0.715160f * g + 0.072169f * b);
        float z = f((0.019334f * r + 0.119193f * g + 0.950227f * b) / 1.088754f);
        lab[0] = 116 * y - 16;
        lab[1] = 500 * (x - y);
        lab[2] = 200 * (y - z);
    }

    private static float linear(float value) {
        int i = (int) value;
        return LINEAR[i] + (value - i) * (LINEAR[i + 1] - LINEAR[i]);
    }

    private static float f(float t) {
        return t > 216f / 24389 ? cubeRoot(t) : (24389f / 27 * t + 16) / 116;
    }

    /**
     * Right to six digits from 0.008 to 1, in a quarter of the time of {@link Math#cbrt}: a third of the exponent as
     * the first guess, and twice Halley's method.
     */
    private static float cubeRoot(float t) {
        float root = Float.intBitsToFloat(Float.floatToRawIntBits(t) / 3 + 0x2A514067);
        for (int i = 0; i < 2; i++) {
            float cube = root * root * root;
            root *= (cube + 2 * t) / (2 * cube + t);
        }
        return root;
    }
}
