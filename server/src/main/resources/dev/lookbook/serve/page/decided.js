// Which pixels decided, and which training images look alike to the network.
import {bytes} from './arithmetic.js';
import {decimal, el} from './dom.js';
import {diverging, grey, legend, mapPicture, reachOf} from './draw.js';

/** Two maps over the picture: for the answer, and for it rather than the runner-up. */
export function decided(explanation) {
  const {occlusion, label, runner_up: runnerUp} = explanation;
  return el('div', {},
    el('p', {}, `A square of ${occlusion.window}×${occlusion.window} pixels is covered with black, and the network is asked again; `
      + 'then the next square, until every place was covered. Where its confidence falls, it had looked.'),
    el('div', {class: 'row'},
      overlay(explanation, occlusion.label, `for ${label}`, 'for', 'against', 'probability'),
      overlay(explanation, occlusion.rather, `for ${label} rather than ${runnerUp}`, label, runnerUp, 'odds')));
}

function overlay(explanation, map, name, above, below, what) {
  const reach = reachOf(map.values);
  const picture = mapPicture(explanation.pixels.values, map.height, map.width, grey, 255);
  const colours = mapPicture(map.values, map.height, map.width, diverging, reach, `Which pixels speak ${name}`);
  colours.classList.add('over');
  const strength = el('input', {type: 'range', min: 0, max: 100, value: 65, 'aria-label': `How strongly the map ${name} covers the picture`,
    oninput: event => {
      colours.style.opacity = event.target.value / 100;
    }});
  colours.style.opacity = 0.65;
  return el('figure', {class: 'overlay'},
    el('div', {class: 'stack'}, picture, colours),
    el('figcaption', {}, el('b', {}, upper(name)), legend(below, above),
      el('small', {}, `Full colour: covering it changes the ${what} by a factor of ${Math.exp(reach).toPrecision(2)}.`),
      el('label', {class: 'range'}, 'Picture', strength, 'map')));
}

function upper(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function neighbours(explanation) {
  const found = explanation.neighbours;
  if (found === undefined) {
    return el('p', {class: 'note'}, `There is no index of training images for ${explanation.served ?? explanation.model}. `,
      'Make one of its file, which takes a minute or two; the server sees it at its next start: ',
      el('code', {}, './lookbook index --model FILE'));
  }
  const same = found.nearest.filter(one => one.label === explanation.label).length;
  return el('div', {},
    el('p', {}, `Of the training images these ${found.nearest.length} are nearest to yours in what the network's last features say; `
      + `${same} of them ${same === 1 ? 'is' : 'are'} called ${explanation.label}. If they do not look like your picture, `
      + 'the network sees something else in it than you do.'),
    el('div', {class: 'row'},
      found.nearest.map(one => figure(one)),
      found.of_runner_up ? figure(found.of_runner_up, `nearest ${explanation.runner_up}`) : null));
}

function figure(one, note) {
  const side = Math.sqrt(one.pixels === undefined ? 0 : bytes(one.pixels).length);
  return el('figure', {class: 'neighbour'},
    side === 0
      ? el('div', {class: 'missing'}, 'no picture: ./lookbook data fetch fashion-mnist')
      : mapPicture(bytes(one.pixels), side, side, grey, 255, `Training image ${one.image}: ${one.label}`),
    el('figcaption', {}, el('b', {}, one.label), el('small', {}, `${note ? `${note}, ` : ''}similarity ${decimal(one.similarity, 3)}`)));
}
