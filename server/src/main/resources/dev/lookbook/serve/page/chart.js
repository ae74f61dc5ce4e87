// Curves, drawn as SVG.
import {el, svg} from './dom.js';

const WIDTH = 480;
const HEIGHT = 220;
const MARGIN = {left: 52, right: 12, top: 10, bottom: 34};

/**
 * @param lines {name, colour: 0 to 3, points: [[x, y], ...]}
 * @param format of the numbers at the left
 */
export function lineChart(title, xName, lines, format) {
  const points = lines.flatMap(line => line.points);
  if (points.length === 0) {
    return el('p', {class: 'note'}, `${title}: nothing yet.`);
  }
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = scale(Math.min(...xs), Math.max(...xs), MARGIN.left, WIDTH - MARGIN.right);
  const y = scale(Math.min(...ys), Math.max(...ys), HEIGHT - MARGIN.bottom, MARGIN.top);
  return el('figure', {class: 'chart'},
    el('figcaption', {}, el('b', {}, title)),
    svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${title}: ${lines.map(line => last(line, format)).join('; ')}`},
      ticks(y.low, y.high).map(value => [
        svg('line', {x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y(value), y2: y(value), class: 'gridline'}),
        svg('text', {x: MARGIN.left - 6, y: y(value) + 4, 'text-anchor': 'end'}, format(value))]),
      wholeTicks(x.low, x.high).map(value => svg('text', {x: x(value), y: HEIGHT - 16, 'text-anchor': 'middle'}, value)),
      svg('text', {x: WIDTH - MARGIN.right, y: HEIGHT - 2, 'text-anchor': 'end'}, xName),
      lines.map(line => line.points.length === 1
        ? svg('circle', {cx: x(line.points[0][0]), cy: y(line.points[0][1]), r: 4, class: `line${line.colour} dot`})
        : svg('polyline', {points: line.points.map(([a, b]) => `${x(a)},${y(b)}`).join(' '), class: `line${line.colour}`}))),
    el('ul', {class: 'keys'}, lines.map(line => el('li', {}, el('span', {class: `key line${line.colour}`}), last(line, format)))));
}

function last(line, format) {
  return line.points.length === 0 ? `${line.name}: none` : `${line.name}: ${format(line.points.at(-1)[1])} in the end`;
}

function scale(low, high, from, to) {
  const wide = high - low || Math.abs(high) || 1;
  const place = value => from + (value - low) / wide * (to - from);
  return Object.assign(place, {low, high: low + wide});
}

function ticks(low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 2));
  const wide = [1, 2, 5, 10].map(n => n * step).find(size => (high - low) / size <= 5);
  const found = [];
  for (let value = Math.ceil(low / wide) * wide; value <= high + wide / 1000; value += wide) {
    found.push(value);
  }
  return found;
}

function wholeTicks(low, high) {
  const step = Math.max(1, Math.ceil((high - low) / 8));
  const found = [];
  for (let value = Math.ceil(low); value <= high; value += step) {
    found.push(value);
  }
  return found;
}
