// The models that answer, and the chooser of one of them at the top right.
import {byId, el} from './dom.js';
import {ask, notify} from './server.js';
import {card, goTo, on, place, set, state} from './state.js';

export function start() {
  const select = byId('model');
  select.addEventListener('change', () => {
    set('model', select.value);
    goTo(place().tab || 'classify', place().parts);
  });
  on('models', offer);
  on('model', () => {
    select.value = state.model;
  });
  // Files of models come, change and go while a page is open: look when the reader comes back, or is about to choose.
  select.addEventListener('focus', refresh);
  window.addEventListener('focus', refresh);
  document.addEventListener('visibilitychange', () => document.hidden || refresh());
}

let asked = null; // one question at a time

/** Asks which models answer; the first of them is chosen if none is. */
export function load(options = {}) {
  asked ??= ask('api/models', options).then(take).finally(() => {
    asked = null;
  });
  return asked;
}

/** The same, unasked: what goes wrong is told when the reader wants something. */
export function refresh() {
  return load({quiet: true}).catch(() => {});
}

function take({models, limits}) {
  state.limits = limits;
  // The newest of each name: it is the one that answers. A card that has not changed stays what it was.
  const newest = [...new Map(models.map(model => [model.name, model])).values()]
    .map(model => (JSON.stringify(model) === JSON.stringify(card(model.name)) ? card(model.name) : model));
  if (newest.length === 0) {
    notify('No model answers yet. The server\'s folder of models is empty, or its files were refused: its log says which.');
  } else if (state.models.length === 0) {
    notify();
  }
  if (newest.length !== state.models.length || newest.some((model, i) => model !== state.models[i])) {
    set('models', newest);
  }
  if (state.model === null) {
    set('model', (newest.find(model => model.default) ?? newest[0])?.name ?? null);
  }
}

/** A chosen model that is gone stays chosen: only the reader takes another. */
function offer() {
  const select = byId('model');
  const isGone = state.model !== null && card() === undefined;
  select.replaceChildren(
    ...state.models.map(model => el('option', {value: model.name}, model.name)),
    ...(isGone ? [el('option', {value: state.model}, `${state.model} (does not answer)`)] : []));
  select.disabled = select.options.length === 0;
  select.value = state.model;
}
