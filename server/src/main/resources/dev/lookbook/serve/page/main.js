// Puts the parts together.
import * as chooser from './chooser.js';
import * as classify from './classify.js';
import * as inside from './inside.js';
import * as kernels from './kernels.js';
import * as models from './models.js';
import * as pictures from './pictures.js';
import {notify} from './server.js';
import {place, set, state} from './state.js';
import * as tabs from './tabs.js';

/** Runs are a part of the models' tab, but have addresses of their own. */
function follow() {
  const {tab, parts, query} = place();
  if (state.models.some(model => model.name === query.get('model'))) {
    set('model', query.get('model'));
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

tabs.start({classify: classify.opened, inside: inside.opened, kernels: kernels.opened, models: models.opened});
pictures.listen(classify.take);
classify.start();
inside.start();
kernels.start();
models.start();
chooser.start();
window.addEventListener('hashchange', follow);
chooser.load().then(follow, error => notify(error.message)).finally(() => document.body.classList.add('ready'));
