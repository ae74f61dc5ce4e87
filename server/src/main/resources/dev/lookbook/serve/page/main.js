// Puts the parts together.
import * as classify from './classify.js';
import {byId, el} from './dom.js';
import * as inside from './inside.js';
import * as kernels from './kernels.js';
import * as models from './models.js';
import * as pictures from './pictures.js';
import {ask, notify} from './server.js';
import {goTo, place, set, state} from './state.js';
import * as tabs from './tabs.js';

/** Runs are a part of the models' tab, but have addresses of their own. */
function follow() {
  const {tab, parts, query} = place();
  if (state.models.some(model => model.name === query.get('model'))) {
    set('model', query.get('model'));
    byId('model').value = state.model;
  }
  const sample = Number(query.get('sample') ?? NaN);
  if (pictures.SAMPLES[sample] !== undefined && state.picture?.sample !== sample) {
    pictures.chooseSample(sample);
  }
  if (tab === 'runs') {
    tabs.open('models', ['runs', ...parts]);
  } else {
    tabs.open(tabs.isTab(tab) ? tab : 'classify', parts);
  }
}

async function loadModels() {
  const answer = await ask('api/models');
  state.limits = answer.limits;
  // The newest of each name: it is the one that answers.
  const newest = [...new Map(answer.models.map(model => [model.name, model])).values()];
  set('models', newest);
  const select = byId('model');
  select.replaceChildren(...newest.map(model => el('option', {value: model.name}, model.name)));
  select.disabled = newest.length === 0;
  const chosen = newest.find(model => model.default) ?? newest[0];
  set('model', chosen?.name ?? null);
  select.value = state.model;
  if (newest.length === 0) {
    notify('No model answers yet. The server\'s folder of models is empty, or its files were refused: its log says which.');
  }
}

tabs.start({classify: classify.opened, inside: inside.opened, kernels: kernels.opened, models: models.opened});
pictures.listen(classify.take);
classify.start();
inside.start();
kernels.start();
models.start();
byId('model').addEventListener('change', event => {
  set('model', event.target.value);
  goTo(place().tab || 'classify', place().parts);
});
window.addEventListener('hashchange', follow);
loadModels().then(follow, error => notify(error.message)).finally(() => document.body.classList.add('ready'));
