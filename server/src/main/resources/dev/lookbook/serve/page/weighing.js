// The last step: features weighed for the answer and for the runner-up.
import {sum} from './arithmetic.js';
import {decimal, el, table} from './dom.js';

const SHOWN = 5;

/** What speaks for the answer rather than for the runner-up, feature by feature. */
export function weighing(explanation, layer) {
  const evidence = explanation.evidence.find(one => one.head === layer.name);
  const {label, runner_up: runnerUp} = explanation;
  const ranked = evidence.features
    .map(feature => ({...feature, rather: feature.label - feature.runner_up}))
    .sort((a, b) => b.rather - a.rather);
  const shown = [...ranked.slice(0, SHOWN), ...ranked.slice(-SHOWN)];
  const others = ranked.slice(SHOWN, -SHOWN);
  const row = (name, forLabel, forRunnerUp) => el('tr', {}, el('th', {scope: 'row'}, name),
    [forLabel, forRunnerUp, forLabel - forRunnerUp].map(value => el('td', {}, decimal(value, 2))));
  const total = key => sum(evidence.features.map(feature => feature[key]));
  return el('div', {},
    el('h4', {}, `${label} or ${runnerUp}?`),
    el('p', {}, `Each of the ${evidence.features.length} features of ${evidence.source} adds its value times a weight to every class. `
      + 'The class with the largest sum wins; softmax then turns all sums into probabilities that add up to 100%.'),
    table(`The features that speak most for ${label}, and most for ${runnerUp}`,
      ['feature', label, runnerUp, 'difference'],
      [...shown.map(feature => row(`${feature.index}`, feature.label, feature.runner_up)),
        row(`the other ${others.length}`, sum(others.map(f => f.label)), sum(others.map(f => f.runner_up))),
        row('bias', evidence.bias, evidence.runner_up_bias),
        row('sum', total('label') + evidence.bias, total('runner_up') + evidence.runner_up_bias)]));
}
