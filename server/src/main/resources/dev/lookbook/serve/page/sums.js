// The sums behind one value of a layer, with the numbers that went in.
import {factor, floats, hasMaps, mapOf, peak, products, sum} from './arithmetic.js';
import {cursorSums} from './windows.js';
import {decimal, el, refill, table, whole} from './dom.js';
import {reachOf} from './draw.js';
import {framed} from './cursor.js';
import {Trouble, ask, troubleBox} from './server.js';

const SHOWN = 8; // of what adds to a neuron, the largest

/** Elements that explain one map or number of a layer, by whatever name readers know it. */
export function sums(explanation, layer, channel, choose, name) {
  const before = layer.inputs.map(name => explanation.byName.get(name));
  if (before.some(input => input === undefined) || layer.type === 'pixels') {
    return layer.type === 'pixels' ? [] : [el('p', {class: 'note'}, 'What went into this step is not kept.')];
  }
  switch (layer.type) {
    case 'convolution':
    case 'dense':
      return weighed(explanation, layer, before[0], channel, choose, name);
    case 'global_max_pool':
      return globalMaximum(layer, before[0], channel, choose);
    case 'flatten':
      return flattened(layer, before[0], channel, choose);
    case 'relu':
    case 'scale':
    case 'add':
      return hasMaps(layer)
        ? cursorSums(layer, before, channel, null)
        : [oneNumber(layer, before, channel)];
    default:
      return hasMaps(layer) ? cursorSums(layer, before, channel, null) : [];
  }
}

const known = new Map(); // weights that were fetched, by the file they are of and the path that gave them

async function weightsOf(explanation, layer, channel) {
  const path = `api/models/${encodeURIComponent(explanation.served)}/weights?${new URLSearchParams({layer: layer.name, channel})}`;
  const key = `${explanation.content_sha256} ${path}`;
  if (!known.has(key)) {
    const answer = await ask(path);
    if (answer.content_sha256 !== explanation.content_sha256) {
      throw Object.assign(new Trouble(`${explanation.served} was swapped for another file after it explained your picture, and the weights `
        + 'of one do not fit the maps of the other. Try again, and the new one explains it.', true), {again: explanation.again});
    }
    known.set(key, {values: floats(answer.values), bias: answer.bias});
  }
  return known.get(key);
}

/** Weights come from the server when they are wanted: all together they are a hundred times the maps. */
function weighed(explanation, layer, before, channel, choose, name) {
  const place = el('div', {class: 'reserved', 'aria-busy': true});
  const load = () => weightsOf(explanation, layer, channel).then(
    weights => refill(place, ...(layer.type === 'dense'
      ? neuron(layer, before, channel, weights, choose, name)
      : cursorSums(layer, [before], channel, weights))),
    error => refill(place, troubleBox(error, error.again ?? load)))
    .finally(() => place.removeAttribute('aria-busy'));
  load();
  return [place];
}

function neuron(layer, before, channel, weights, choose, name) {
  const added = products(before, weights);
  const order = added.map((_, i) => i).sort((a, b) => Math.abs(added[b]) - Math.abs(added[a]));
  const shown = order.slice(0, SHOWN);
  const rest = sum(order.slice(SHOWN).map(i => added[i]));
  const row = (name, ...cells) => el('tr', {}, el('th', {scope: 'row'}, name), cells.map(cell => el('td', {}, cell)));
  return [
    el('p', {class: 'equation'}, `${decimal(sum(added))} + bias ${decimal(weights.bias)} = `,
      el('b', {}, decimal(layer.values[channel]))),
    table(`What adds most to ${name}, of ${whole(added.length)} inputs`, ['input', 'value', 'weight', 'product'],
      [...shown.map(i => row(
        el('button', {type: 'button', class: 'link', onclick: () => choose(before.name, hasMaps(before) ? 0 : i)}, `${before.name} ${i}`),
        decimal(before.values[i]), decimal(weights.values[i]), decimal(added[i]))),
      row(`the other ${whole(order.length - shown.length)}`, '', '', decimal(rest)),
      row('bias', '', '', decimal(weights.bias)),
      row('sum', '', '', decimal(sum(added) + weights.bias))], 'tight'),
  ];
}

function globalMaximum(layer, before, channel, choose) {
  const map = mapOf(before, channel);
  const at = peak(map.values);
  const view = framed(map, reachOf(map.values), `Map ${channel} of ${before.name}; its largest value is framed`);
  view.move({top: Math.floor(at / map.width), left: at % map.width, height: 1, width: 1});
  return [el('div', {class: 'row'}, view.element, el('p', {class: 'equation'},
    `The largest of the ${map.values.length} values of map ${channel} of `,
    el('button', {type: 'button', class: 'link', onclick: () => choose(before.name, channel)}, before.name), ': ',
    el('b', {}, decimal(layer.values[channel]))))];
}

function flattened(layer, before, number, choose) {
  if (!hasMaps(before)) {
    return [];
  }
  const [, height, width] = before.shape;
  const channel = Math.floor(number / (height * width));
  const y = Math.floor(number / width) % height;
  const x = number % width;
  const map = mapOf(before, channel);
  const view = framed(map, reachOf(map.values), `Map ${channel} of ${before.name}; the value is framed`);
  view.move({top: y, left: x, height: 1, width: 1});
  return [el('div', {class: 'row'}, view.element, el('p', {class: 'equation'},
    `Number ${number} is row ${y + 1}, column ${x + 1} of map ${channel} of `,
    el('button', {type: 'button', class: 'link', onclick: () => choose(before.name, channel)}, before.name), ': ',
    el('b', {}, decimal(layer.values[number]))))];
}

function oneNumber(layer, before, number) {
  const inputs = before.map(input => input.values[number]);
  const value = layer.values[number];
  const text = {
    relu: () => (inputs[0] < 0 ? `${decimal(inputs[0])} is below zero, so it becomes 0.` : `${decimal(inputs[0])} is not below zero, so it stays.`),
    scale: () => `${decimal(inputs[0])} × ${decimal(factor(layer, before[0]))} = ${decimal(value)}`,
    add: () => `${inputs.map(input => decimal(input)).join(' + ')} = ${decimal(value)}`,
  }[layer.type]();
  return el('p', {class: 'equation'}, text);
}

