// What layers compute, for one value at a time, so that it can be shown. The server's numbers are what is drawn; these
// explain them, and a test holds the two against each other.

export const bytes = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));

/** As the server packs them: 32 bits each, the lowest byte first, as in all machines that browsers run on. */
export const floats = base64 => new Float32Array(bytes(base64).buffer);

/** One map of a layer whose values are [channels][height][width]. */
export function mapOf(layer, channel) {
  const [, height, width] = layer.shape;
  return {height, width, values: layer.values.subarray(channel * height * width, (channel + 1) * height * width)};
}

export const hasMaps = layer => layer.shape.length === 3;

/** The place of the largest value, counted row by row. */
export function peak(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i] > values[best]) {
      best = i;
    }
  }
  return best;
}

/** The map, or the number, that stands out most. */
export function strongest(layer) {
  const size = hasMaps(layer) ? layer.shape[1] * layer.shape[2] : 1;
  return Math.floor(peak(layer.values) / size);
}

/** Where the window lies that makes the value at (y, x); it may reach beyond the map, where all is zero. */
export function windowAt(layer, y, x) {
  const {height, width, stride, padding} = layer.window;
  return {top: y * stride - padding, left: x * stride - padding, height, width};
}

/** What a map has under a window, row by row; NaN beyond its edge if that matters, else 0. */
export function under(map, window, beyond = 0) {
  const values = [];
  for (let y = window.top; y < window.top + window.height; y++) {
    for (let x = window.left; x < window.left + window.width; x++) {
      const inside = y >= 0 && y < map.height && x >= 0 && x < map.width;
      values.push(inside ? map.values[y * map.width + x] : beyond);
    }
  }
  return values;
}

/** What each map of the layer before adds to one value of a convolution: window times kernel, summed up. */
export function shares(layer, before, weights, y, x) {
  const window = windowAt(layer, y, x);
  const size = window.height * window.width;
  return Array.from({length: before.shape[0]}, (_, channel) => {
    const pixels = under(mapOf(before, channel), window);
    return pixels.reduce((sum, pixel, i) => sum + pixel * weights.values[channel * size + i], 0);
  });
}

/** What each number adds to one neuron of a dense layer. */
export function products(before, weights) {
  return Array.from(before.values, (value, i) => value * weights.values[i]);
}

/** What all numbers of a step are multiplied by; the one that stands out most tells it best, and nought not at all. */
export function factor(layer, before) {
  const at = peak(before.values.map(Math.abs));
  return layer.values[at] / before.values[at];
}

export const sum = numbers => numbers.reduce((a, b) => a + b, 0);
