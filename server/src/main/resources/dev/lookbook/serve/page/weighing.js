// The last step: features weighed for the answer and for the runner-up.
import {sum} from './arithmetic.js';
import {decimal, el, percent, table} from './dom.js';

const SHOWN = 5;
const CLASSES = 3; // whose share is worked out, those with the largest sums

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
        row('sum', total('label') + evidence.bias, total('runner_up') + evidence.runner_up_bias)], 'tight'),
    explanation.members.length > 1 ? null : softmax(explanation, layer, Object.keys(explanation.probabilities)));
}

/** How the sums become probabilities. Several members are averaged first, and their sums are not what is taken. */
function softmax(explanation, layer, labels) {
  const share = name => explanation.probabilities[name];
  const order = labels.map((_, i) => i).sort((a, b) => layer.values[b] - layer.values[a]);
  const [first, second] = order;
  const temperature = (layer.values[first] - layer.values[second]) / Math.log(share(labels[first]) / share(labels[second]));
  if (!(temperature > 0) || !Number.isFinite(temperature)) {
    return null; // two alike, or one that is nothing
  }
  const powers = order.map(i => Math.exp(layer.values[i] / temperature));
  const total = sum(powers);
  const row = (name, ...cells) => el('tr', {}, el('th', {scope: 'row'}, name), cells.map(cell => el('td', {}, cell)));
  const rest = sum(powers.slice(CLASSES));
  return el('div', {},
    el('p', {}, `Softmax: each sum is divided by ${decimal(temperature, 2)}, the temperature that was fitted to pictures held out of the training, `
      + 'and made the exponent of e, so that it is above zero and a little more counts a lot. Each class then gets its share of the total.'),
    table('From sums to probabilities', ['class', 'sum', `e^(sum ÷ ${decimal(temperature, 2)})`, 'share'],
      [...order.slice(0, CLASSES).map((i, rank) => row(labels[i], decimal(layer.values[i], 2), short(powers[rank]), percent(powers[rank] / total))),
        row(`the other ${order.length - CLASSES}`, '', short(rest), percent(rest / total)),
        row('total', '', short(total), '100%')], 'tight'));
}

const short = number => number.toLocaleString('en', {maximumSignificantDigits: 4});
