// Steps that make a map: point at a place of it and see the numbers that made it.
import {factor, mapOf, peak, shares, sum, under, windowAt} from './arithmetic.js';
import {framed, pointable} from './cursor.js';
import {decimal, el, refill, table} from './dom.js';
import {css, diverging, ink, reachOf, scaleOf} from './draw.js';

const SHOWN = 6; // maps before, those that add most

/**
 * @param before the layers that went in
 * @param weights of this map, of a convolution; else null
 */
export function cursorSums(layer, before, channel, weights) {
  const map = mapOf(layer, channel);
  const text = el('div', {class: 'arithmetic'});
  const explain = {
    convolution: convolution,
    max_pool: pooling,
    average_pool: pooling,
    relu: pointwise,
    scale: pointwise,
    add: pointwise,
    mirror: pointwise,
  }[layer.type];
  if (explain === undefined) {
    return [];
  }
  const {inputs, at} = explain(layer, before, channel, weights, map);
  const output = pointable(map, reachOf(map.values), `Map ${channel} of ${layer.name}`, peak(map.values), (y, x) => {
    refill(text, ...at(y, x));
  });
  return [
    el('p', {class: 'note'}, 'Point into the map on the right, or move with the arrow keys.'),
    el('div', {class: 'row sums'},
      el('div', {class: 'maprow'}, inputs,
        el('div', {class: 'arrow', 'aria-hidden': true}, layer.type === 'add' ? '=' : '\u2192'),
        el('figure', {}, output.element, el('figcaption', {}, el('b', {}, `${layer.name}, map ${channel}`), output.button))),
      text),
  ];
}

/** Numbers as they lie in a window; colours as in the maps, which the numbers say again. */
function grid(name, values, width, reach, marked = -1, scale = diverging) {
  const rows = [];
  for (let i = 0; i < values.length; i += width) {
    rows.push(el('tr', {}, values.slice(i, i + width).map((value, j) => {
      const colour = scale(value, reach);
      const cell = el('td', i + j === marked ? {class: 'marked'} : {}, Number.isNaN(value) ? '\u2013' : decimal(value, 2));
      cell.style.background = css(colour);
      cell.style.color = ink(colour);
      return cell;
    })));
  }
  return el('figure', {class: 'grid'}, el('table', {'aria-label': name}, el('tbody', {}, rows)), el('figcaption', {}, name));
}

function inputFigure(view, name) {
  return el('figure', {}, view.element, el('figcaption', {}, el('b', {}, name)));
}

function convolution(layer, [before], channel, weights, map) {
  const size = layer.window.height * layer.window.width;
  const several = before.shape[0] > 1;
  let shownInput = null; // the reader's choice; else the map that adds most
  let current = 0;
  let place = [0, 0];
  const first = mapOf(before, 0);
  const reach = reachOf(before.values);
  const view = framed(first, reach, `The map of ${before.name} that is looked at`, scaleOf(before));
  const caption = el('b', {}, '');
  const holder = el('div', {class: 'arithmetic'});
  const at = (y, x) => {
    place = [y, x];
    const added = shares(layer, before, weights, y, x);
    const order = added.map((_, i) => i).sort((a, b) => Math.abs(added[b]) - Math.abs(added[a]));
    current = shownInput ?? order[0];
    const input = mapOf(before, current);
    const window = windowAt(layer, y, x);
    view.repaint(input, reach);
    view.move(window);
    caption.textContent = several ? `${before.name}, map ${current}` : before.name;
    const pixels = under(input, window);
    const kernel = Array.from(weights.values.subarray(current * size, (current + 1) * size));
    refill(holder,
      el('div', {class: 'row equationrow'},
        grid('what lies under the kernel', pixels, window.width, reach, -1, scaleOf(before)),
        el('span', {class: 'sign'}, '×'),
        grid(several ? `kernel ${channel}, for map ${current}` : `kernel ${channel}`, kernel, window.width, reachOf(weights.values)),
        el('span', {class: 'sign'}, '='),
        grid(`products, together ${decimal(added[current], 3)}`, pixels.map((pixel, i) => pixel * kernel[i]), window.width, reachOf(pixels) * reachOf(kernel))),
      several ? el('p', {class: 'equation'}, `All ${before.shape[0]} maps together: ${decimal(sum(added))}`, end(y, x))
        : el('p', {class: 'equation'}, decimal(sum(added)), end(y, x)),
      several ? contributions(added, order) : '');
    return [holder];
  };
  const end = (y, x) => el('span', {}, ` + bias ${decimal(weights.bias)} = `, el('b', {}, decimal(map.values[y * map.width + x])));
  const contributions = (added, order) => {
    const rest = order.slice(SHOWN);
    return table('Which maps before it add most here', ['map', 'adds'], [
      ...order.slice(0, SHOWN).map(i => el('tr', {},
        el('th', {scope: 'row'}, el('button', {type: 'button', class: 'link', 'aria-pressed': i === current, onclick: () => {
          shownInput = i;
          at(...place);
        }}, `${before.name} ${i}`)),
        el('td', {}, decimal(added[i])))),
      el('tr', {}, el('th', {scope: 'row'}, `the other ${rest.length}`), el('td', {}, decimal(sum(rest.map(i => added[i]))))),
    ]);
  };
  return {inputs: el('figure', {}, view.element, el('figcaption', {}, caption)), at};
}

function pooling(layer, [before], channel, weights, map) {
  const input = mapOf(before, channel);
  const reach = reachOf(input.values);
  const view = framed(input, reach, `Map ${channel} of ${before.name}`);
  const at = (y, x) => {
    const window = windowAt(layer, y, x);
    view.move(window);
    const isMax = layer.type === 'max_pool';
    const values = under(input, window, isMax ? Number.NEGATIVE_INFINITY : 0).map(value => (value === Number.NEGATIVE_INFINITY ? NaN : value));
    const real = values.filter(value => !Number.isNaN(value));
    const best = isMax ? values.indexOf(Math.max(...real)) : -1;
    return [
      el('div', {class: 'row equationrow'}, grid('the window', values, window.width, reach, best)),
      el('p', {class: 'equation'}, isMax ? `The largest of these ${real.length} wins: ` : `The mean of these ${real.length}: `,
        el('b', {}, decimal(map.values[y * map.width + x]))),
    ];
  };
  return {inputs: inputFigure(view, `${before.name}, map ${channel}`), at};
}

/** Steps that take each value by itself. */
function pointwise(layer, before, channel, weights, map) {
  const inputs = before.map(input => mapOf(input, channel));
  const together = Math.max(...inputs.map(input => reachOf(input.values))); // one scale, so that maps that are added compare
  const views = inputs.map((input, i) => framed(input, together, `Map ${channel} of ${before[i].name}`));
  const at = (y, x) => {
    const column = layer.type === 'mirror' ? map.width - 1 - x : x;
    views.forEach(view => view.move({top: y, left: column, height: 1, width: 1}));
    const values = inputs.map(input => input.values[y * map.width + column]);
    const value = map.values[y * map.width + x];
    const words = {
      relu: () => (values[0] < 0 ? `${decimal(values[0])} is below zero, so it becomes ` : `${decimal(values[0])} is not below zero, so it stays `),
      scale: () => `${decimal(values[0])} × ${decimal(factor(layer, before[0]))} = `,
      add: () => `${values.map((one, i) => `${decimal(one)} (${before[i].name})`).join(' + ')} = `,
      mirror: () => `column ${column + 1} comes to column ${x + 1}: `,
    }[layer.type]();
    return [el('p', {class: 'equation'}, words, el('b', {}, decimal(value)))];
  };
  return {
    inputs: views.flatMap((view, i) => [
      i === 0 ? null : el('div', {class: 'arrow', 'aria-hidden': true}, '+'),
      inputFigure(view, `${before[i].name}, map ${channel}`)]),
    at,
  };
}
