// The four parts of the page, as tabs: arrow keys go from one to the next, and the address says which is open.
import {byId, focusOn} from './dom.js';

const NAMES = ['classify', 'inside', 'kernels', 'models'];
let whenOpened = {};

/** @param opened by name, what a part does when it is opened; gets the parts of the address behind its name */
export function start(opened) {
  whenOpened = opened;
  NAMES.forEach((name, i) => {
    const tab = byId(`tab-${name}`);
    tab.addEventListener('click', () => open(name));
    tab.addEventListener('keydown', event => {
      const to = {ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: NAMES.length - 1}[event.key];
      if (to !== undefined) {
        event.preventDefault();
        const next = NAMES[(to + NAMES.length) % NAMES.length];
        open(next);
        byId(`tab-${next}`).focus();
      }
    });
  });
}

export function isTab(name) {
  return NAMES.includes(name);
}

export function open(name, parts = []) {
  // A link within one part may open another; what has the focus is hidden then, and could not keep it.
  const isLeft = NAMES.some(other => other !== name && byId(other).contains(document.activeElement));
  for (const other of NAMES) {
    const chosen = other === name;
    byId(other).hidden = !chosen;
    byId(`tab-${other}`).setAttribute('aria-selected', chosen);
    byId(`tab-${other}`).tabIndex = chosen ? 0 : -1;
  }
  whenOpened[name]?.(parts);
  if (isLeft) {
    focusOn(byId(name));
  }
}
