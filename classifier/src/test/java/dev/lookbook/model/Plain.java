package dev.lookbook.model;

/** A value worked out slowly and plainly, in double precision: the yardstick. {@code numbers} is [channels][height][width]. */
record Plain(int channels, int height, int width, double[] numbers) {

    static Plain of(int channels, int height, int width) {
        return new Plain(channels, height, width, new double[channels * height * width]);
    }

    static Plain vector(double... numbers) {
        return new Plain(numbers.length, 1, 1, numbers);
    }

    double at(int channel, int y, int x) {
        return numbers[(channel * height + y) * width + x];
    }

    void set(int channel, int y, int x, double value) {
        numbers[(channel * height + y) * width + x] = value;
    }

    /** @param rgb whether pixels are [height][width][3] instead of [height][width] */
    static Plain pixels(byte[] pixels, int height, int width, boolean rgb, float factor, float offset) {
        int channels = rgb ? 3 : 1;
        Plain out = of(channels, height, width);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    out.set(c, y, x, (pixels[(y * width + x) * channels + c] & 0xFF) * (double) factor + offset);
                }
            }
        }
        return out;
    }

    Plain convolution(float[] weights, int out, int kernelHeight, int kernelWidth, float[] bias, int stride, int pad) {
        Plain result =
                of(out, (height + 2 * pad - kernelHeight) / stride + 1, (width + 2 * pad - kernelWidth) / stride + 1);
        for (int o = 0; o < out; o++) {
            for (int y = 0; y < result.height; y++) {
                for (int x = 0; x < result.width; x++) {
                    double sum = bias == null ? 0 : bias[o];
                    for (int i = 0; i < channels; i++) {
                        for (int ky = 0; ky < kernelHeight; ky++) {
                            for (int kx = 0; kx < kernelWidth; kx++) {
                                int sy = y * stride + ky - pad;
                                int sx = x * stride + kx - pad;
                                if (sy >= 0 && sy < height && sx >= 0 && sx < width) {
                                    sum += at(i, sy, sx)
                                            * weights[((o * channels + i) * kernelHeight + ky) * kernelWidth + kx];
                                }
                            }
                        }
                    }
                    result.set(o, y, x, sum);
                }
            }
        }
        return result;
    }

    Plain relu() {
        Plain result = of(channels, height, width);
        for (int i = 0; i < numbers.length; i++) {
            result.numbers[i] = Math.max(0, numbers[i]);
        }
        return result;
    }

    Plain pool(int size, int stride, boolean largest) {
        Plain result = of(channels, (height - size) / stride + 1, (width - size) / stride + 1);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < result.height; y++) {
                for (int x = 0; x < result.width; x++) {
                    double max = Double.NEGATIVE_INFINITY;
                    double sum = 0;
                    for (int ky = 0; ky < size; ky++) {
                        for (int kx = 0; kx < size; kx++) {
                            double value = at(c, y * stride + ky, x * stride + kx);
                            max = Math.max(max, value);
                            sum += value;
                        }
                    }
                    result.set(c, y, x, largest ? max : sum / (size * size));
                }
            }
        }
        return result;
    }

    Plain globalMaxPool() {
        Plain result = of(channels, 1, 1);
        for (int c = 0; c < channels; c++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < height * width; i++) {
                max = Math.max(max, numbers[c * height * width + i]);
            }
            result.numbers[c] = max;
        }
        return result;
    }

    Plain flatten() {
        return vector(numbers);
    }

    Plain dense(float[] weights, int out, float[] bias) {
        double[] result = new double[out];
        for (int o = 0; o < out; o++) {
            double sum = bias == null ? 0 : bias[o];
            for (int i = 0; i < numbers.length; i++) {
                sum += numbers[i] * weights[o * numbers.length + i];
            }
            result[o] = sum;
        }
        return vector(result);
    }

    Plain add(Plain other) {
        Plain result = of(channels, height, width);
        for (int i = 0; i < numbers.length; i++) {
            result.numbers[i] = numbers[i] + other.numbers[i];
        }
        return result;
    }

    Plain scale(float factor) {
        Plain result = of(channels, height, width);
        for (int i = 0; i < numbers.length; i++) {
            result.numbers[i] = numbers[i] * factor;
        }
        return result;
    }

    Plain mirror() {
        Plain result = of(channels, height, width);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    result.set(c, y, x, at(c, y, width - 1 - x));
                }
            }
        }
        return result;
    }

    Plain softmax(float temperature) {
        double sum = 0;
        double[] result = new double[numbers.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.exp(numbers[i] / temperature);
            sum += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= sum;
        }
        return vector(result);
    }

    static Plain logMeanProbability(Plain... logits) {
        double[] mean = new double[logits[0].numbers.length];
        for (Plain one : logits) {
            double[] probabilities = one.softmax(1).numbers;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += probabilities[i] / logits.length;
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] = Math.log(mean[i]);
        }
        return vector(mean);
    }

    Plain relativeDistance(
            float[] centre, float[] curvature, float[] slopes, float[] offsets, double typical, double range) {
        double square = 0;
        for (int i = 0; i < centre.length; i++) {
            for (int j = 0; j < centre.length; j++) {
                square += curvature[i * centre.length + j] * (numbers[i] - centre[i]) * (numbers[j] - centre[j]);
            }
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < offsets.length; k++) {
            double line = offsets[k];
            for (int i = 0; i < centre.length; i++) {
                line += slopes[i * offsets.length + k] * (numbers[i] - centre[i]);
            }
            nearest = Math.min(nearest, line);
        }
        return vector((square + nearest - typical) / range);
    }

    static Plain concatenate(java.util.List<Plain> parts) {
        return vector(parts.stream()
                .flatMapToDouble(part -> java.util.Arrays.stream(part.numbers))
                .toArray());
    }
}
