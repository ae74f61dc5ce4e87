// Lays a kernel over a picture, each colour by itself, as `lookbook filter` does; a test holds the two against each other.

const blur = [1, 4, 6, 4, 1].flatMap((a, _, row) => row.map(b => a * b / 256));

/** Those of `lookbook filter`, and what they do. */
export const PRESETS = {
  identity: [3, [0, 0, 0, 0, 1, 0, 0, 0, 0], 'Every pixel stays as it is.'],
  blur: [3, [1, 2, 1, 2, 4, 2, 1, 2, 1].map(n => n / 16), 'A mean of neighbours, the nearest counting most: what is fine disappears.'],
  'blur 5x5': [5, blur, 'The same over more neighbours.'],
  box: [3, Array(9).fill(1 / 9), 'The plain mean of nine pixels.'],
  gaussian: [5, gaussian(5), 'A mean whose weights fall off like a bell.'],
  sharpen: [3, [0, -1, 0, -1, 5, -1, 0, -1, 0], 'Five times the pixel less its neighbours: differences grow.'],
  unsharp: [5, blur.map((weight, i) => (i === 12 ? 2 : 0) - weight), 'Twice the picture less its blur: it looks sharper.'],
  edges: [3, [-1, -1, -1, -1, 8, -1, -1, -1, -1], 'The weights add up to zero, so even areas vanish and only changes are left.'],
  'sobel-x': [3, [-1, 0, 1, -2, 0, 2, -1, 0, 1], 'Right neighbours less left ones: it answers where it becomes brighter to the right.'],
  'sobel-y': [3, [-1, -2, -1, 0, 0, 0, 1, 2, 1], 'Lower neighbours less upper ones: it answers where it becomes brighter downwards.'],
  laplacian: [3, [0, 1, 0, 1, -4, 1, 0, 1, 0], 'The four neighbours less four times the pixel: fine lines and corners.'],
  emboss: [3, [-2, -1, 0, -1, 1, 1, 0, 1, 2], 'Light from one corner: the picture looks pressed into metal.'],
};

/** It ends at two standard deviations. */
function gaussian(size) {
  const sigma = (size - 1) / 4;
  const row = Array.from({length: size}, (_, i) => Math.exp(-(((i - (size - 1) / 2) / sigma) ** 2) / 2));
  const total = row.reduce((a, b) => a + b) ** 2;
  return row.flatMap(a => row.map(b => a * b / total));
}

/** How it is called on the command line. */
export function command({size, weights, name}, {border, scale, offset}, grey) {
  const rows = Array.from({length: size}, (_, y) => weights.slice(y * size, (y + 1) * size).join(' ')).join('; ');
  const [preset, ofSize] = name.split(' ');
  const kernel = PRESETS[name] === undefined ? `"${rows}"` : `${preset}${ofSize === undefined ? '' : ` --size ${size}`}`;
  return `./lookbook filter PICTURE --kernel ${kernel}${border === 'edge' ? '' : ` --border ${border}`}`
    + `${scale === 1 ? '' : ` --scale ${scale}`}${offset === 0 ? '' : ` --offset ${offset}`}${grey ? ' --grey' : ''}`;
}

/** The row or column that stands in for one beyond the edge; -1 for black. */
function inside(i, length, border) {
  if (i >= 0 && i < length) {
    return i;
  }
  if (border === 'zero') {
    return -1;
  }
  if (border === 'edge') {
    return Math.max(0, Math.min(length - 1, i));
  }
  const period = Math.max(1, 2 * (length - 1));
  const j = ((i % period) + period) % period;
  return j < length ? j : period - j;
}

/** The pixels of one colour under the kernel at a place, row by row. */
export function around({height, width}, plane, y, x, size, border) {
  const found = [];
  const half = (size - 1) / 2;
  for (let row = y - half; row <= y + half; row++) {
    for (let column = x - half; column <= x + half; column++) {
      const from = inside(row, height, border);
      const at = inside(column, width, border);
      found.push(from < 0 || at < 0 ? 0 : plane[from * width + at]);
    }
  }
  return found;
}

/** What the kernel answers at every pixel of one colour, neither rounded nor limited. */
export function answers({height, width}, plane, {size, weights}, {border, scale, offset}) {
  const half = (size - 1) / 2;
  const sums = new Float64Array(plane.length);
  const columns = Array.from({length: width + size - 1}, (_, i) => inside(i - half, width, border));
  for (let y = 0; y < height; y++) {
    for (let row = 0; row < size; row++) {
      const from = inside(y + row - half, height, border);
      for (let column = 0; from >= 0 && column < size; column++) {
        const weight = weights[row * size + column];
        for (let x = 0; weight !== 0 && x < width; x++) {
          const at = columns[x + column];
          if (at >= 0) {
            sums[y * width + x] += weight * plane[from * width + at];
          }
        }
      }
    }
  }
  return sums.map(value => scale * value + offset);
}

/** A picture, at most so many pixels a side, on white: {height, width, planes}, red, green and blue or grey alone, 0 to 255. */
export async function pixelsOf(blob, longest) {
  const bitmap = await createImageBitmap(blob);
  const factor = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * factor));
  const height = Math.max(1, Math.round(bitmap.height * factor));
  const context = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const {data} = context.getImageData(0, 0, width, height);
  const planes = [0, 1, 2].map(colour => Uint8Array.from({length: width * height}, (_, i) => data[4 * i + colour]));
  const isGrey = planes[0].every((red, i) => red === planes[1][i] && red === planes[2][i]);
  return {height, width, planes: isGrey ? planes.slice(0, 1) : planes};
}

/** The same without colour. */
export function inGrey({height, width, planes}) {
  const [red, green, blue] = planes;
  return {height, width, planes: planes.length === 1 ? planes
    : [red.map((_, i) => Math.floor((299 * red[i] + 587 * green[i] + 114 * blue[i] + 500) / 1000))]};
}
