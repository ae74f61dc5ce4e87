// Numbers as colours. The same scales as the pages that `lookbook explain` writes, so that pictures compare.
import {el} from './dom.js';

const MIDDLE = [0xf7, 0xf7, 0xf5];
const ORANGE = [0xb2, 0x38, 0x0b];
const BLUE = [0x0b, 0x4f, 0x9c];

/** White is zero, orange above it, blue below; the root makes small numbers visible. */
export function diverging(value, reach) {
  const share = reach > 0 ? Math.max(-1, Math.min(1, value / reach)) : 0;
  const strength = Math.sqrt(Math.abs(share));
  const end = share < 0 ? BLUE : ORANGE;
  return MIDDLE.map((from, i) => Math.round(from + (end[i] - from) * strength));
}

/** Black is zero, white the largest. */
export function grey(value, reach) {
  const level = reach > 0 ? Math.round(255 * Math.max(0, Math.min(1, value / reach))) : 0;
  return [level, level, level];
}

/** Red, green and blue, each from 0 to 255 once shown; the values are the places of the pixels. */
export function coloured(planes, show) {
  return place => planes.map(plane => Math.max(0, Math.min(255, Math.round(show(plane[place])))));
}

/** The ink that can be read on a colour: of black and white the one with more contrast, which is 4.5 to 1 at least. */
export function ink(colour) {
  const [r, g, b] = colour.map(level => {
    const share = level / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.179 ? '#000' : '#fff';
}

export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;

/** Pixels look like a picture; all that is made of them has a sign. */
export const scaleOf = layer => (layer.type === 'pixels' ? grey : diverging);

/** The largest distance from zero. */
export function reachOf(values) {
  let reach = 0;
  for (const value of values) {
    reach = Math.max(reach, Math.abs(value));
  }
  return reach;
}

/** Writes a map into a canvas, a pixel for each value; style sheets make it as large as it is to be seen. */
export function paint(canvas, values, height, width, scale, reach) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = scale(values[i], reach);
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** A map as a picture with a name for those who do not see it; no name: it says nothing that the text does not. */
export function mapPicture(values, height, width, scale, reach, name) {
  const canvas = el('canvas', name ? {role: 'img', 'aria-label': name} : {'aria-hidden': 'true'});
  return paint(canvas, values, height, width, scale, reach);
}

/** What the colours mean. */
export function legend(below, above, scale = diverging) {
  const steps = Array.from({length: 21}, (_, i) => i - 10);
  return el('div', {class: 'legend'},
    el('span', {}, below),
    mapPicture(steps, 1, steps.length, scale, 10),
    el('span', {}, above));
}
