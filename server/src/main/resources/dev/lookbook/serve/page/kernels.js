// The third part: a kernel of the reader's own, laid over the picture, live.
import {sum} from './arithmetic.js';
import {pointable, framed} from './cursor.js';
import {byId, decimal, el} from './dom.js';
import {diverging, grey} from './draw.js';
import {sampleButtons} from './pictures.js';
import {goTo, on, state} from './state.js';

const LONGEST_SIDE = 256; // pixels: enough to see, few enough to be live
const HIGHEST = 460; // on the screen

// As `lookbook filter` has them.
const PRESETS = {
  identity: [3, [0, 0, 0, 0, 1, 0, 0, 0, 0], 'Every pixel stays as it is.'],
  blur: [3, [1, 2, 1, 2, 4, 2, 1, 2, 1].map(n => n / 16), 'A mean of neighbours, the nearest counting most: what is fine disappears.'],
  'blur 5x5': [5, [1, 4, 6, 4, 1].flatMap((a, _, row) => row.map(b => a * b / 256)), 'The same over more neighbours.'],
  box: [3, Array(9).fill(1 / 9), 'The plain mean of nine pixels.'],
  sharpen: [3, [0, -1, 0, -1, 5, -1, 0, -1, 0], 'Five times the pixel less its neighbours: differences grow.'],
  edges: [3, [-1, -1, -1, -1, 8, -1, -1, -1, -1], 'The weights add up to zero, so even areas vanish and only changes are left.'],
  'sobel-x': [3, [-1, 0, 1, -2, 0, 2, -1, 0, 1], 'Right neighbours less left ones: it answers where it becomes brighter to the right.'],
  'sobel-y': [3, [-1, -2, -1, 0, 0, 0, 1, 2, 1], 'Lower neighbours less upper ones: it answers where it becomes brighter downwards.'],
  emboss: [3, [-2, -1, 0, -1, 1, 1, 0, 1, 2], 'Light from one corner: the picture looks pressed into metal.'],
};

const kernel = {size: 3, weights: [...PRESETS['sobel-x'][1]], name: 'sobel-x'};
const settings = {border: 'edge', scale: 1, signed: true};
let pixels = null; // {height, width, values}: the picture in grey

export function start() {
  on('picture', () => !byId('kernels').hidden && load());
}

export function opened([name]) {
  if (PRESETS[name] !== undefined) {
    use(name);
  }
  goTo('kernels', [kernel.name]);
  load();
}

function use(name) {
  const [size, weights] = PRESETS[name];
  Object.assign(kernel, {size, weights: [...weights], name});
  settings.signed = Math.abs(sum(weights)) < 1e-6; // what keeps brightness looks like a picture
}

async function load() {
  const panel = byId('kernels');
  if (state.picture === null) {
    panel.replaceChildren(...head(), el('p', {}, 'First it needs a picture. Take one of these, or drop one of your own.'),
      el('ul', {class: 'samples'}, sampleButtons()));
    return;
  }
  try {
    pixels = await greyPixels(state.picture.blob);
  } catch {
    panel.replaceChildren(...head(), el('p', {class: 'problem', role: 'alert'},
      `This browser cannot show ${state.picture.name}. Choose a PNG, JPEG or WebP picture.`));
    return;
  }
  build(panel);
}

function head() {
  return [
    el('h2', {class: 'lead'}, 'What a kernel does'),
    el('p', {class: 'intro'}, 'A kernel is a small table of numbers. It is laid over every pixel in turn: its numbers are multiplied '
      + 'with the pixels under it, and the products are added up. A convolutional network learns such numbers; here you choose them.'),
  ];
}

/** The picture, at most so many pixels a side, as brightness from 0 to 255. */
async function greyPixels(blob) {
  const bitmap = await createImageBitmap(blob);
  const factor = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * factor));
  const height = Math.max(1, Math.round(bitmap.height * factor));
  const canvas = el('canvas', {width, height});
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const {data} = context.getImageData(0, 0, width, height);
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    values[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  }
  return {height, width, values};
}

/** The row or column that stands in for one beyond the edge; -1 for black. */
function inside(i, length) {
  if (i >= 0 && i < length) {
    return i;
  }
  if (settings.border === 'black') {
    return -1;
  }
  if (settings.border === 'edge') {
    return Math.max(0, Math.min(length - 1, i));
  }
  const period = Math.max(1, 2 * (length - 1));
  const j = ((i % period) + period) % period;
  return j < length ? j : period - j;
}

/** The pixels under the kernel at a place, row by row. */
export function around({height, width, values}, y, x, size) {
  const found = [];
  const half = (size - 1) / 2;
  for (let row = y - half; row <= y + half; row++) {
    for (let column = x - half; column <= x + half; column++) {
      const from = inside(row, height);
      const at = inside(column, width);
      found.push(from < 0 || at < 0 ? 0 : values[from * width + at]);
    }
  }
  return found;
}

function filtered() {
  const {height, width, values} = pixels;
  const {size, weights} = kernel;
  const half = (size - 1) / 2;
  const answers = new Float32Array(values.length);
  const columns = Array.from({length: width + size - 1}, (_, i) => inside(i - half, width));
  for (let y = 0; y < height; y++) {
    for (let row = 0; row < size; row++) {
      const from = inside(y + row - half, height);
      if (from < 0) {
        continue;
      }
      for (let column = 0; column < size; column++) {
        const weight = settings.scale * weights[row * size + column];
        if (weight === 0) {
          continue;
        }
        for (let x = 0; x < width; x++) {
          const at = columns[x + column];
          if (at >= 0) {
            answers[y * width + x] += weight * values[from * width + at];
          }
        }
      }
    }
  }
  return {height, width, values: answers};
}

function build(panel) {
  const output = el('div', {});
  const text = el('div', {class: 'worked'});
  const input = framed(pixels, 255, 'Your picture in grey', grey);
  input.limit(HIGHEST);
  let at = Math.floor(pixels.values.length / 2 + pixels.width / 2);
  const update = () => {
    const answers = filtered();
    const scale = settings.signed ? diverging : grey;
    const view = pointable(answers, 255, 'The answers of the kernel', at, (y, x) => {
      at = y * answers.width + x;
      const half = (kernel.size - 1) / 2;
      input.move({top: y - half, left: x - half, height: kernel.size, width: kernel.size});
      text.replaceChildren(equation(y, x, answers));
    }, scale);
    view.limit(HIGHEST);
    output.replaceChildren(view.element, el('figcaption', {}, el('b', {}, 'What the kernel answers'),
      el('small', {}, settings.signed ? 'orange above zero, blue below, white where nothing changes' : 'below 0 is black, above 255 white')));
  };
  panel.replaceChildren(
    ...head(),
    el('div', {class: 'kernelparts'},
      editor(panel, update),
      el('figure', {}, input.element, el('figcaption', {}, el('b', {}, state.picture.name), el('small', {}, `${pixels.width} × ${pixels.height} pixels, in grey`))),
      el('figure', {}, output),
      text));
  update();
}

function equation(y, x, answers) {
  const found = around(pixels, y, x, kernel.size);
  const terms = kernel.weights
    .map((weight, i) => [weight, found[i]])
    .filter(([weight]) => weight !== 0)
    .map(([weight, pixel]) => `${short(weight)}·${Math.round(pixel)}`);
  return el('p', {class: 'equation'},
    `Row ${y + 1}, column ${x + 1}: `,
    `${settings.scale === 1 ? '' : `${short(settings.scale)} · (`}${terms.join(' + ') || '0'}${settings.scale === 1 ? '' : ')'} = `,
    el('b', {}, decimal(answers.values[y * answers.width + x], 1)));
}

const short = number => String(Math.round(1000 * number) / 1000).replace('-', '\u2212');

function editor(panel, update) {
  const total = el('p', {class: 'note'});
  const tell = () => {
    const all = sum(kernel.weights);
    total.textContent = `The numbers add up to ${short(all)}: ${Math.abs(all) < 1e-6 ? 'an even area becomes 0.'
      : Math.abs(all - 1) < 1e-6 ? 'brightness stays.' : all > 0 ? `an even area becomes ${short(all)} times as bright.` : 'an even area falls below 0.'}`;
  };
  const changed = () => {
    tell();
    update();
  };
  const again = () => {
    goTo('kernels', [kernel.name]);
    build(panel);
    panel.querySelector(`[data-preset="${kernel.name}"]`)?.focus();
  };
  const cells = el('div', {class: `matrix size${kernel.size}`, role: 'group', 'aria-label': `Kernel, ${kernel.size} by ${kernel.size} numbers`},
    kernel.weights.map((weight, i) => el('input', {
      type: 'number', step: 'any', value: Math.round(1000 * weight) / 1000,
      'aria-label': `Row ${Math.floor(i / kernel.size) + 1}, column ${i % kernel.size + 1}`,
      oninput: event => {
        const number = event.target.valueAsNumber;
        event.target.setAttribute('aria-invalid', Number.isNaN(number));
        if (!Number.isNaN(number)) {
          kernel.weights[i] = number;
          kernel.name = 'own';
          changed();
        }
      },
    })));
  tell();
  return el('div', {class: 'editor'},
    el('div', {class: 'presets', role: 'group', 'aria-label': 'Kernels to begin with'}, Object.keys(PRESETS).map(name =>
      el('button', {type: 'button', 'data-preset': name, 'aria-pressed': name === kernel.name, onclick: () => {
        use(name);
        again();
      }}, name))),
    el('p', {}, PRESETS[kernel.name]?.[2] ?? 'A kernel of your own.'),
    cells,
    total,
    el('div', {class: 'fields'},
      choice('Size', 'size', [['3', '3×3'], ['5', '5×5']], String(kernel.size), value => {
        resize(Number(value));
        again();
      }),
      choice('Beyond the edge', 'border', [['edge', 'the nearest pixel'], ['black', 'black, as in networks'], ['mirror', 'mirrored']], settings.border, value => {
        settings.border = value;
        update();
      }),
      el('label', {for: 'scale'}, 'Times', el('input', {type: 'number', id: 'scale', step: 'any', value: settings.scale, oninput: event => {
        if (!Number.isNaN(event.target.valueAsNumber)) {
          settings.scale = event.target.valueAsNumber;
          update();
        }
      }})),
      choice('Show as', 'signed', [['yes', 'above and below 0'], ['no', 'a picture']], settings.signed ? 'yes' : 'no', value => {
        settings.signed = value === 'yes';
        update();
      })));
}

function choice(name, id, options, chosen, then) {
  return el('label', {for: id}, name, el('select', {id, onchange: event => then(event.target.value)},
    options.map(([value, text]) => el('option', {value, selected: value === chosen}, text))));
}

/** Keeps the numbers in the middle. */
function resize(size) {
  if (size === kernel.size) {
    return;
  }
  const shift = (size - kernel.size) / 2;
  const weights = Array(size * size).fill(0);
  for (let i = 0; i < weights.length; i++) {
    const y = Math.floor(i / size) - shift;
    const x = i % size - shift;
    if (y >= 0 && y < kernel.size && x >= 0 && x < kernel.size) {
      weights[i] = kernel.weights[y * kernel.size + x];
    }
  }
  Object.assign(kernel, {size, weights, name: 'own'});
}
