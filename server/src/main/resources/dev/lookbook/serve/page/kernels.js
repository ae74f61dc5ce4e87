// The third part: a kernel of the reader's own, laid over the picture, live.
import {sum} from './arithmetic.js';
import {pointable, framed} from './cursor.js';
import {byId, decimal, el, refill} from './dom.js';
import {coloured, diverging, grey} from './draw.js';
import {PRESETS, answers, around, command, inGrey, pixelsOf} from './filter.js';
import {sampleButtons} from './pictures.js';
import {goTo, on, state} from './state.js';

const LONGEST_SIDE = 256; // pixels: enough to see, few enough to be live
const HIGHEST = 460; // on the screen
const OWN = 'A kernel of your own.';

const kernel = {size: 3, weights: [...PRESETS['sobel-x'][1]], name: 'sobel-x'};
const settings = {border: 'edge', scale: 1, offset: 0, signed: true, grey: false};
let picture = null; // {height, width, planes}, as it was given
let pixels = null; // the same, in grey if the reader wants it so
let colour = 0; // whose sum is spelled out

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
    refill(panel, ...head(), el('p', {}, 'First it needs a picture. Take one of these, or drop one of your own.'),
      el('ul', {class: 'samples'}, sampleButtons()));
    return;
  }
  const asked = state.picture;
  const read = await pixelsOf(asked.blob, LONGEST_SIDE).catch(() => null);
  if (asked !== state.picture) {
    return; // a newer one was chosen meanwhile
  }
  if (read === null) {
    refill(panel, ...head(), el('p', {class: 'problem', role: 'alert'},
      `This browser cannot show ${asked.name}. Choose a PNG, JPEG or WebP picture.`));
    return;
  }
  picture = read;
  build(panel);
}

function head() {
  return [
    el('h2', {class: 'lead'}, 'What a kernel does'),
    el('p', {class: 'intro'}, 'A kernel is a small table of numbers. It is laid over every pixel in turn: its numbers are multiplied '
      + 'with the pixels under it, and the products are added up. A convolutional network learns such numbers; here you choose them.'),
  ];
}

const NAMES = ['red', 'green', 'blue'];

/** Planes as a map to be drawn: one is a map already; three become the colours themselves. */
function drawable(planes, {height, width}) {
  return {height, width, values: planes.length === 1 ? planes[0] : Array.from(planes[0].keys()), planes};
}

/** How to draw them: as a picture, or with zero in the middle. */
function scaleOf({planes}) {
  const show = settings.signed ? value => 127.5 + value / 2 : value => value;
  return planes.length === 1 ? (settings.signed ? diverging : grey) : coloured(planes, show);
}

function build(panel) {
  pixels = settings.grey ? inGrey(picture) : picture;
  colour = Math.min(colour, pixels.planes.length - 1);
  const output = el('div', {});
  const text = el('div', {class: 'worked'});
  const inColour = pixels.planes.length > 1;
  const own = drawable(pixels.planes, pixels);
  const input = framed(own, 255, inColour ? 'Your picture' : 'Your picture in grey', inColour ? coloured(pixels.planes, value => value) : grey);
  input.limit(HIGHEST);
  let at = Math.floor(pixels.height / 2) * pixels.width + Math.floor(pixels.width / 2);
  const update = () => {
    const answered = drawable(pixels.planes.map(plane => answers(pixels, plane, kernel, settings)), pixels);
    const view = pointable(answered, 255, 'The answers of the kernel', at, (y, x) => {
      at = y * answered.width + x;
      const half = (kernel.size - 1) / 2;
      input.move({top: y - half, left: x - half, height: kernel.size, width: kernel.size});
      refill(text, ...worked(y, x, answered.planes));
    }, scaleOf(answered));
    view.limit(HIGHEST);
    output.replaceChildren(view.element, el('figcaption', {}, el('b', {}, 'What the kernel answers'), el('small', {}, legend(inColour))));
  };
  refill(panel,
    ...head(),
    el('div', {class: 'kernelparts'},
      editor(panel, update),
      el('figure', {}, input.element, el('figcaption', {}, el('b', {}, state.picture.name),
        el('small', {}, `${pixels.width} × ${pixels.height} pixels, ${inColour ? 'the kernel is laid over red, green and blue each' : 'in grey'}`))),
      el('figure', {}, output),
      text));
  update();
}

function legend(inColour) {
  if (!settings.signed) {
    return 'below 0 is black, above 255 white';
  }
  return inColour ? 'middle grey where nothing changes, lighter above zero, darker below' : 'orange above zero, blue below, white where nothing changes';
}

/** The sum at a place: of grey, or of the colour that the reader chose. */
function worked(y, x, planes) {
  const value = plane => decimal(plane[y * pixels.width + x], 1);
  const sumOf = el('p', {class: 'equation'}, `Row ${y + 1}, column ${x + 1}: `, ...equation(y, x, value(planes[colour])));
  if (planes.length === 1) {
    return [sumOf];
  }
  return [
    el('div', {class: 'presets', role: 'group', 'aria-label': 'The colour whose sum is shown'}, planes.map((plane, i) =>
      el('button', {type: 'button', class: 'colour', 'data-key': NAMES[i], 'aria-pressed': i === colour, onclick: event => {
        colour = i;
        refill(event.target.closest('.worked'), ...worked(y, x, planes));
      }}, `${NAMES[i]} ${value(plane)}`))),
    sumOf,
  ];
}

function equation(y, x, value) {
  const found = around(pixels, pixels.planes[colour], y, x, kernel.size, settings.border);
  const terms = kernel.weights
    .map((weight, i) => [weight, found[i]])
    .filter(([weight]) => weight !== 0)
    .map(([weight, pixel], i) => (i === 0 ? short(weight) : `${weight < 0 ? ' \u2212 ' : ' + '}${short(Math.abs(weight))}`) + `·${pixel}`)
    .join('') || '0';
  return [
    settings.scale === 1 ? terms : `${short(settings.scale)} · (${terms})`,
    settings.offset === 0 ? '' : ` ${settings.offset < 0 ? '\u2212' : '+'} ${short(Math.abs(settings.offset))}`,
    ' = ', el('b', {}, value),
  ];
}

const short = number => String(Math.round(1000 * number) / 1000).replace('-', '\u2212');

function editor(panel, update) {
  const total = el('p', {class: 'note'});
  const tell = () => {
    const all = sum(kernel.weights);
    total.textContent = `The numbers add up to ${short(all)}: ${Math.abs(all) < 1e-6 ? 'an even area becomes 0.'
      : Math.abs(all - 1) < 1e-6 ? 'brightness stays.' : all > 0 ? `an even area becomes ${short(all)} times as bright.` : 'an even area falls below 0.'}`;
  };
  const line = el('code', {class: 'command'});
  const show = () => {
    line.textContent = command(kernel, settings, settings.grey && picture.planes.length > 1);
    update();
  };
  const changed = () => {
    tell();
    show();
  };
  const again = () => {
    goTo('kernels', [kernel.name]);
    build(panel);
  };
  const about = el('p', {}, PRESETS[kernel.name]?.[2] ?? OWN);
  const presets = el('div', {class: 'presets', role: 'group', 'aria-label': 'Kernels to begin with'}, Object.keys(PRESETS).map(name =>
    el('button', {type: 'button', 'data-preset': name, 'aria-pressed': name === kernel.name, onclick: () => {
      use(name);
      again();
    }}, name)));
  const becomeOwn = () => {
    kernel.name = 'own';
    presets.querySelector('[aria-pressed="true"]')?.setAttribute('aria-pressed', 'false');
    about.textContent = OWN;
    goTo('kernels', [kernel.name]);
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
          becomeOwn();
          changed();
        }
      },
    })));
  tell();
  line.textContent = command(kernel, settings, settings.grey && picture.planes.length > 1);
  return el('div', {class: 'editor'},
    presets,
    about,
    cells,
    total,
    el('div', {class: 'fields'},
      choice('Size', 'size', [['3', '3×3'], ['5', '5×5']], String(kernel.size), value => {
        resize(Number(value));
        again();
      }),
      picture.planes.length === 1 ? null : choice('Colours', 'colours', [['no', 'each by itself'], ['yes', 'grey']], settings.grey ? 'yes' : 'no', value => {
        settings.grey = value === 'yes';
        build(panel);
      }),
      choice('Beyond the edge', 'border', [['edge', 'the nearest pixel'], ['zero', 'black, as in networks'], ['reflect', 'mirrored']], settings.border, value => {
        settings.border = value;
        show();
      }),
      numberField('Times', 'scale', show),
      numberField('Plus', 'offset', show),
      choice('Show as', 'signed', [['yes', 'above and below 0'], ['no', 'a picture']], settings.signed ? 'yes' : 'no', value => {
        settings.signed = value === 'yes';
        show();
      })),
    el('p', {class: 'note'}, 'The same, at full size: ', line));
}

function numberField(name, setting, then) {
  return el('label', {for: setting}, name, el('input', {type: 'number', id: setting, step: 'any', value: settings[setting], oninput: event => {
    const number = event.target.valueAsNumber;
    event.target.setAttribute('aria-invalid', Number.isNaN(number));
    if (!Number.isNaN(number)) {
      settings[setting] = number;
      then();
    }
  }}));
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
