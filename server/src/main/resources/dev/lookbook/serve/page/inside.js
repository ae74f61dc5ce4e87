// The second part: the network, layer by layer, with what it made of this very picture.
import {bytes, floats, hasMaps, mapOf, strongest} from './arithmetic.js';
import {refresh} from './chooser.js';
import {decided, neighbours} from './decided.js';
import {byId, el, percent, refill} from './dom.js';
import {doubt} from './doubt.js';
import {diverging, grey, mapPicture, reachOf, scaleOf} from './draw.js';
import {sampleButtons} from './pictures.js';
import {ask, troubleBox} from './server.js';
import {card, goTo, on, set, state} from './state.js';
import {weighing} from './weighing.js';
import {stepPanel} from './step.js';
import {shortcutsInto} from './shortcuts.js';

const EASIEST = 'classic'; // convolution, ReLU, pooling, twice, and a row of neurons: as in every textbook

let explained = null; // {picture, model, explanation}
let pending = null; // {picture, model} whose explanation is on its way
let wanted = {layer: null, channel: null};

export function start() {
  on('picture', () => !byId('inside').hidden && load());
  on('model', () => !byId('inside').hidden && load());
  on('models', () => !byId('inside').hidden && explained !== null && isOfAnotherFile(explained.explanation) && load());
}

/** @param parts of the address: a layer's name and a map's number */
export function opened([layer, channel]) {
  if (layer !== undefined) {
    wanted = {layer, channel: Number(channel)};
  }
  goTo('inside', wanted.layer === null ? [] : [wanted.layer, wanted.channel]);
  load();
}

async function load() {
  const panel = byId('inside');
  const {picture, model} = state;
  if (picture === null) {
    refill(panel, ...head(), el('p', {}, 'First it needs a picture. Take one of these, or drop one of your own.'),
      el('ul', {class: 'samples'}, sampleButtons()));
    return;
  }
  if (explained?.picture === picture && explained.model === model && !isOfAnotherFile(explained.explanation)) {
    panel.removeAttribute('aria-busy');
    show();
    return;
  }
  panel.setAttribute('aria-busy', 'true');
  refill(panel, ...head(), el('p', {class: 'waiting', role: 'status'},
    'Opening the network up: it is run about a thousand times, with parts of the picture covered ...'));
  if (pending?.picture === picture && pending.model === model) {
    return;
  }
  const asked = {picture, model};
  pending = asked;
  const isAwaited = () => pending === asked && state.picture === picture && state.model === model;
  try {
    const form = new FormData();
    form.append('picture', picture.blob, picture.name);
    const query = model === null ? '' : `&model=${encodeURIComponent(model)}`;
    const explanation = decoded(await ask(`api/explain?arrays=base64${query}`, {method: 'POST', body: form}));
    explanation.served = model; // files can be served by other names than those they were trained with
    explanation.again = () => {
      explained = null;
      load();
    };
    if (isAwaited()) {
      explained = {picture, model, explanation};
      show();
      if (isOfAnotherFile(explanation)) {
        refresh(); // the model's file has just been swapped, and nobody knows it here
      }
    }
  } catch (error) {
    if (isAwaited()) {
      refill(panel, ...head(), troubleBox(error, load));
    }
  } finally {
    if (isAwaited()) {
      panel.removeAttribute('aria-busy');
    }
    if (pending === asked) {
      pending = null;
    }
  }
}

/** Of one that answered by this name before its file was swapped. */
function isOfAnotherFile(explanation) {
  return card() !== undefined && card().content_sha256 !== explanation.content_sha256;
}

function decoded(explanation) {
  for (const layer of explanation.layers) {
    layer.values = floats(layer.values);
  }
  explanation.byName = new Map(explanation.layers.map(layer => [layer.name, layer]));
  const [height, width] = explanation.layers[0].shape.slice(-2);
  const asMap = base64 => ({height, width, values: floats(base64)});
  explanation.occlusion.label = asMap(explanation.occlusion.label);
  explanation.occlusion.rather = asMap(explanation.occlusion.rather_than_runner_up);
  explanation.pixels = {height, width, values: bytes(explanation.pixels)};
  return explanation;
}

function head() {
  return [
    el('h2', {class: 'lead'}, 'How the network comes to its answer'),
    el('p', {class: 'intro'}, 'A network is a row of simple steps. Each step takes the numbers of the one before. '
      + 'Everything here was computed for your picture.'),
  ];
}

function show() {
  const {explanation} = explained;
  const panel = byId('inside');
  const against = doubt(explanation);
  const chosen = explanation.byName.get(wanted.layer) ?? firstConvolution(explanation);
  wanted = {layer: chosen.name, channel: channelIn(chosen)};
  if (!panel.hidden) { // or a late answer would change the address of another tab
    goTo('inside', [wanted.layer, wanted.channel]);
  }
  refill(panel,
    ...head(),
    el('div', {class: 'split even'},
      el('div', {class: 'saw'},
        mapPicture(explanation.pixels.values, explanation.pixels.height, explanation.pixels.width, grey, 255, 'The picture as the network gets it'),
        el('p', {}, el('b', {}, `${explanation.label} ${percent(explanation.confidence)}`),
          `, then ${explanation.runner_up} ${percent(explanation.probabilities[explanation.runner_up])}. `,
          `By ${explanation.model}. `,
          against === null ? null : el('b', {class: 'against'}, against.title))),
      easier()),
    el('h3', {id: 'steps-title'}, 'The steps'),
    el('p', {class: 'note'}, 'Choose a step to see what it does. Each shows the strongest of its maps: orange is above zero, blue below.'),
    ...explanation.members.map(member => strip(explanation, member)),
    el('div', {id: 'step'}),
    el('h3', {}, 'What decided?'),
    decided(explanation),
    el('h3', {}, 'Which pictures look alike to it?'),
    neighbours(explanation));
  showStep();
}

/** Not every network is a good first one to look into. */
function easier() {
  if (explained.explanation.layers.length < 12 || !state.models.some(model => model.name === EASIEST)) {
    return null;
  }
  return el('p', {class: 'hint'}, `${explained.explanation.model} has ${explained.explanation.layers.length} steps. `,
    el('button', {type: 'button', class: 'link', onclick: () => {
      wanted = {layer: null, channel: null};
      set('model', EASIEST);
    }}, `Open ${EASIEST} instead`),
    ', which is the easiest to follow.');
}

function firstConvolution(explanation) {
  return explanation.layers.find(layer => layer.type === 'convolution') ?? explanation.layers[0];
}

function channelIn(layer) {
  return Number.isInteger(wanted.channel) && wanted.channel >= 0 && wanted.channel < layer.shape[0] ? wanted.channel : strongest(layer);
}

/** The layers of one member of the network, in order. */
function strip(explanation, member) {
  const layers = explanation.layers.filter(layer => memberOf(layer.name) === member);
  const title = explanation.members.length < 2 ? null
    : el('p', {class: 'note'}, member === '' ? 'As it is:' : `${member}:`);
  return el('div', {}, title, el('ol', {class: 'steps', 'aria-labelledby': 'steps-title'},
    layers.map((layer, i) => el('li', {}, stepButton(layer), bypasses(layers, i).map(part => el('span', {class: `bypass ${part}`, 'aria-hidden': true}))))));
}

/** Which parts of lines past other steps are drawn over a step: where one begins, goes on or comes back in. */
function bypasses(layers, i) {
  return layers.flatMap((end, to) => (end.type === 'add' ? shortcutsInto(end, layers) : []).flatMap(({layer}) => {
    const from = layers.indexOf(layer);
    return i === from ? ['leaves'] : i === to ? ['returns'] : i > from && i < to ? ['passes'] : [];
  }));
}

function memberOf(name) {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function stepButton(layer) {
  return el('button', {type: 'button', class: 'step', 'data-layer': layer.name, onclick: () => {
    wanted = {layer: layer.name, channel: strongest(layer)};
    goTo('inside', [wanted.layer, wanted.channel]);
    showStep();
    byId('step').scrollIntoView({block: 'nearest'});
  }},
  thumbnail(layer),
  el('span', {}, el('b', {}, breakable(layer.name.slice(layer.name.lastIndexOf('/') + 1))), el('small', {}, layer.shape.join('×')),
    layer.type === 'add' ? shortcutsInto(layer, explained.explanation.layers).map(({steps}) => el('small', {class: 'plus'}, `+ ${steps} steps back`)) : null));
}

/** Long names may break behind a dot. */
function breakable(name) {
  return name.split('.').flatMap((part, i) => (i === 0 ? [part] : ['.', el('wbr'), part]));
}

function thumbnail(layer) {
  if (hasMaps(layer)) {
    const map = mapOf(layer, strongest(layer));
    return mapPicture(map.values, map.height, map.width, scaleOf(layer), reachOf(map.values));
  }
  const width = Math.ceil(Math.sqrt(layer.values.length));
  const values = new Float32Array(width * Math.ceil(layer.values.length / width));
  values.set(layer.values);
  return mapPicture(values, values.length / width, width, diverging, reachOf(values));
}

function showStep() {
  const {explanation} = explained;
  for (const button of document.querySelectorAll('#inside .step')) {
    button.setAttribute('aria-current', button.dataset.layer === wanted.layer ? 'step' : 'false');
  }
  const layer = explanation.byName.get(wanted.layer);
  const choose = (name, channel) => {
    wanted = {layer: name, channel};
    goTo('inside', [name, channel]);
    if (name !== layer.name) {
      showStep();
    }
  };
  const isHead = explanation.evidence.some(evidence => evidence.head === layer.name);
  refill(byId('step'),
    stepPanel(explanation, layer, wanted.channel, choose, card()?.labels ?? []),
    isHead ? weighing(explanation, layer) : '');
}
