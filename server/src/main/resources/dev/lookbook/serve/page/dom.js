// Makes elements. Text is always text, never HTML: names of files and models can hold anything.

/** el('p', {class: 'note', onclick: f, disabled: true}, 'text', element, null) */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (key.startsWith('aria-')) {
      element.setAttribute(key, value); // there false means something
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * Replaces what is in a place. Whoever had the focus in there would be sent back to the top of the page: the element of
 * the same name gets it; if there is none, the place's heading, or the place itself.
 */
export function refill(place, ...content) {
  const focused = document.activeElement;
  const isWithin = focused !== place && place.contains(focused);
  const at = isWithin ? alike(place, focused).indexOf(focused) : -1;
  place.replaceChildren(...content);
  if (isWithin) {
    const again = alike(place, focused);
    again[Math.min(at, again.length - 1)]?.focus({preventScroll: true});
    if (!place.contains(document.activeElement)) { // there is none, or it can have no focus now
      focusOn(place, {preventScroll: true});
    }
  }
}

/** All of one name, for a run and a model may be called the same. */
function alike(place, element) {
  const name = one => one.id || one.dataset.key || one.getAttribute('aria-label') || one.textContent;
  return [...place.querySelectorAll(element.localName)].filter(one => name(one) === name(element));
}

/** Whoever goes on from a place with the keyboard, or hears what is in it, begins at its heading. */
export function focusOn(place, options = {}) {
  const start = place.querySelector('h2, h3, h4') ?? place;
  start.tabIndex = -1;
  start.focus(options);
}

export const byId = id => document.getElementById(id);

// What is less than all never reads as 100%.
export function percent(share, digits = 1) {
  const rounded = (100 * share).toFixed(digits);
  return share < 1 && Number(rounded) === 100 ? `>${(100 - 10 ** -digits).toFixed(digits)}%` : `${rounded}%`;
}

/** Thousands apart, as English does. */
export function whole(number) {
  return number.toLocaleString('en');
}

/** A value of a map: three digits behind the point, a true minus. */
export function decimal(number, digits = 3) {
  return number.toFixed(digits).replace('-', '\u2212');
}

/**
 * @param head names of the columns; one that begins with < stands at the left, as texts do
 * @param look 'stacked': on a phone each row is a small card, with the names of the columns in it
 */
export function table(caption, head, rows, look = null) {
  for (const row of rows) {
    [...row.children].forEach((cell, i) => cell.setAttribute('data-name', (head[i] ?? '').replace('<', '')));
  }
  return el('div', {class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption},
    el('table', {class: look},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, head.map(text => el('th', {scope: 'col', class: text.startsWith('<') ? 'text' : null}, text.replace('<', ''))))),
      el('tbody', {}, rows)));
}
