// A map to point into: with a mouse, a finger or the arrow keys; and a window that shows what is pointed at elsewhere.
import {el} from './dom.js';
import {diverging, mapPicture, paint} from './draw.js';

const MILLIS = 40; // from one place to the next when the kernel slides

/** A map with a frame over a part of it. */
export function framed(map, reach, name, scale = diverging) {
  const frame = el('span', {class: 'frame'});
  const canvas = mapPicture(map.values, map.height, map.width, scale, reach, name);
  return {
    element: el('div', {class: 'stack'}, canvas, frame),
    /** Never higher than so many pixels, however tall the map is. */
    limit(pixels) {
      this.element.style.maxWidth = `${Math.round(pixels * map.width / map.height)}px`;
    },
    /** Puts the frame around rows and columns, which may reach beyond the map. */
    move({top, left, height, width}) {
      frame.style.top = `${100 * top / map.height}%`;
      frame.style.left = `${100 * left / map.width}%`;
      frame.style.height = `${100 * height / map.height}%`;
      frame.style.width = `${100 * width / map.width}%`;
    },
    repaint(other, otherReach) {
      paint(canvas, other.values, map.height, map.width, scale, otherReach);
    },
  };
}

/**
 * A map to point into.
 * @param at where to begin, counted row by row
 * @param moved gets row and column whenever another place is pointed at
 */
export function pointable(map, reach, name, at, moved, scale = diverging) {
  const view = framed(map, reach, '', scale);
  const element = view.element;
  let y;
  let x;
  const move = (row, column) => {
    y = Math.max(0, Math.min(map.height - 1, row));
    x = Math.max(0, Math.min(map.width - 1, column));
    view.move({top: y, left: x, height: 1, width: 1});
    element.setAttribute('aria-label', `${name}: row ${y + 1}, column ${x + 1}`);
    moved(y, x);
  };
  const follow = event => {
    const box = element.getBoundingClientRect();
    move(Math.floor((event.clientY - box.top) / box.height * map.height),
      Math.floor((event.clientX - box.left) / box.width * map.width));
  };
  element.classList.add('pointable');
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-roledescription', 'map to point into with the arrow keys');
  element.addEventListener('pointermove', follow);
  element.addEventListener('pointerdown', event => {
    stop();
    follow(event);
  });
  element.addEventListener('keydown', event => {
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (step !== undefined) {
      event.preventDefault();
      stop();
      move(y + step[0], x + step[1]);
    }
  });

  let timer = null;
  const button = el('button', {type: 'button', onclick: () => (timer === null ? slide() : stop())}, 'Let it slide');
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = 'Let it slide';
  };
  const slide = () => {
    move(0, 0);
    button.textContent = 'Stop';
    timer = setInterval(() => {
      if (!element.isConnected || y === map.height - 1 && x === map.width - 1) {
        stop();
      } else {
        move(x === map.width - 1 ? y + 1 : y, (x + 1) % map.width);
      }
    }, MILLIS);
  };
  move(Math.floor(at / map.width), at % map.width);
  return {element, button, limit: pixels => view.limit(pixels)};
}
