// One step of the network: what it does in a sentence, its maps, and the sums behind any one value.
import {hasMaps, mapOf, strongest} from './arithmetic.js';
import {decimal, el, percent, whole} from './dom.js';
import {diverging, grey, legend, mapPicture, reachOf, scaleOf} from './draw.js';
import {shortcutsFrom, shortcutsInto} from './shortcuts.js';
import {sums} from './sums.js';

const MOST_BARS = 24; // numbers that are shown with a name and a bar each

/**
 * @param channel the map or number that is chosen
 * @param choose called with a layer's name and a channel when another is
 * @param labels of the classes, the names of the last layer's numbers
 */
export function stepPanel(explanation, layer, channel, choose, labels) {
  const detail = el('div', {class: 'detail'});
  const names = layer.shape[0] === labels.length && !hasMaps(layer) ? labels : null;
  const show = chosen => detail.replaceChildren(...sums(explanation, layer, chosen, choose, names?.[chosen] ?? `number ${chosen}`));
  const chosen = number => {
    choose(layer.name, number);
    show(number);
  };
  show(channel);
  return el('section', {class: 'panel', 'aria-labelledby': 'step-name'},
    el('h4', {id: 'step-name'}, `${layer.name}: ${layer.kind}`),
    el('p', {}, sentence(explanation, layer)),
    shortcutsFrom(layer, explanation.layers).map(sum => el('p', {class: 'note'}, 'These maps also go straight to ',
      el('button', {type: 'button', class: 'link', onclick: () => choose(sum.name, channel)}, sum.name),
      ', past the steps between: a residual shortcut.')),
    hasMaps(layer) ? maps(layer, channel, chosen) : numbers(layer, channel, chosen, names),
    detail);
}

function sentence(explanation, layer) {
  const before = explanation.byName.get(layer.inputs[0]);
  const [count, height, width] = layer.shape;
  const side = layer.window ? `${layer.window.height}×${layer.window.width}` : '';
  switch (layer.type) {
    case 'pixels':
      return `The picture is numbers: ${height} rows of ${width}, from black, which is 0, to white. They are scaled so that a `
        + 'network can work with them, and this is all that it ever gets to see.';
    case 'convolution':
      return `${whole(count)} kernels, tables of ${side} numbers${before?.shape[0] > 1 ? ` for each of the ${before.shape[0]} maps before` : ''}, `
        + 'slide over the picture. Each makes a map: orange where what it looks for is, blue where the opposite is, white where nothing is.';
    case 'relu':
      return `Whatever is below zero becomes zero; that happens to ${percent(before?.negatives ?? 0, 0)} of the values here. `
        + 'What is left says that a pattern is there, and how strongly.';
    case 'max_pool':
      return `Of every ${side} values only the largest is kept. The maps become smaller, and it no longer matters to the pixel where a pattern was.`;
    case 'average_pool':
      return `Every ${side} values become one, their mean.`;
    case 'global_max_pool':
      return `Of each map only its largest value is kept: whether a pattern is anywhere in the picture, no longer where. That leaves ${whole(count)} numbers, the features.`;
    case 'flatten':
      return `All maps are laid out in one row of ${whole(count)} numbers. Nothing is computed.`;
    case 'dense':
      return `${whole(count)} neurons. Each multiplies all ${whole(before?.values.length ?? 0)} numbers before it with weights of its own, and adds them up.`;
    case 'add':
      return shortcutsInto(layer, explanation.layers).map(({layer: from, steps}) =>
        `The map of ${from.name}, from ${steps} steps before, is added to the map of the step before, number by number: a residual shortcut. `
        + 'So the block between had to learn only what to change.').join(' ') || 'Two maps are added, number by number.';
    case 'scale':
      return 'All numbers are multiplied by the same one, which makes them neither too large nor too small for what comes next.';
    case 'mirror':
      return 'The same picture with left and right swapped, looked at once more.';
    default:
      return 'A step of the network.';
  }
}

/** Radio buttons, so that one press of Tab passes by a hundred maps, and the arrow keys go through them. */
function choices(name, buttons, channel, chosen) {
  const press = (number, focus) => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-checked', i === number);
      button.tabIndex = i === number ? 0 : -1;
    });
    if (focus) {
      buttons[number].focus();
    }
  };
  buttons.forEach((button, i) => {
    button.setAttribute('role', 'radio');
    button.addEventListener('click', () => {
      press(i, false);
      chosen(i);
    });
    button.addEventListener('keydown', event => {
      const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
      if (step !== undefined) {
        event.preventDefault();
        const next = (i + step + buttons.length) % buttons.length;
        press(next, true);
        chosen(next);
      }
    });
  });
  press(channel, false);
  return el('div', {role: 'radiogroup', 'aria-label': name, class: 'maps'}, buttons);
}

function maps(layer, channel, chosen) {
  const reach = reachOf(layer.values); // one scale, so that maps compare
  const buttons = Array.from({length: layer.shape[0]}, (_, i) => {
    const map = mapOf(layer, i);
    return el('button', {type: 'button', class: 'map', 'aria-label': `Map ${i} of ${layer.name}`},
      mapPicture(map.values, map.height, map.width, scaleOf(layer), reach), el('small', {}, i));
  });
  return el('div', {},
    choices(`The maps of ${layer.name}`, buttons, channel, chosen),
    layer.type === 'pixels' ? legend('0', reach.toPrecision(3), grey) : legend(`\u2212${reach.toPrecision(3)}`, `+${reach.toPrecision(3)}`));
}

function numbers(layer, channel, chosen, names) {
  const reach = reachOf(layer.values);
  if (layer.values.length > MOST_BARS) {
    return cells(layer, reach, channel, chosen);
  }
  const buttons = Array.from(layer.values, (value, i) => {
    const fill = el('span', {class: value < 0 ? 'fill below' : 'fill above'});
    fill.style.width = `${100 * Math.abs(value) / (reach || 1)}%`;
    return el('button', {type: 'button', class: 'bar'}, el('span', {class: 'name'}, names?.[i] ?? i),
      el('span', {class: 'track'}, fill), el('span', {class: 'share'}, decimal(value, 2)));
  });
  const group = choices(`The numbers of ${layer.name}`, buttons, channel, chosen);
  group.className = 'bars';
  return group;
}

/** Many numbers: a cell each, those that stand out to choose from. */
function cells(layer, reach, channel, chosen) {
  const width = Math.ceil(Math.sqrt(2.5 * layer.values.length));
  const padded = new Float32Array(width * Math.ceil(layer.values.length / width));
  padded.set(layer.values);
  const canvas = mapPicture(padded, padded.length / width, width, diverging, reach,
    `The ${layer.values.length} numbers of ${layer.name}, a cell for each`);
  canvas.classList.add('cells');
  const input = el('input', {type: 'number', min: 0, max: layer.values.length - 1, value: channel, id: 'number',
    onchange: event => {
      const number = Math.round(Number(event.target.value));
      if (number >= 0 && number < layer.values.length) {
        chosen(number);
      }
    }});
  canvas.addEventListener('click', event => {
    const box = canvas.getBoundingClientRect();
    const y = Math.floor((event.clientY - box.top) / box.height * canvas.height);
    const x = Math.floor((event.clientX - box.left) / box.width * width);
    const number = Math.min(layer.values.length - 1, y * width + x);
    input.value = number;
    chosen(number);
  });
  return el('div', {},
    canvas,
    el('p', {}, el('label', {for: 'number'}, `Number (0 to ${layer.values.length - 1}; ${strongest(layer)} is the largest) `), input,
      el('span', {class: 'note'}, ' or click on a cell')));
}

