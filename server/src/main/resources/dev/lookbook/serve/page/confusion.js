// The confusion matrix, each of whose cells shows the pictures behind it, and the figures of each class.
import {bytes} from './arithmetic.js';
import {el, percent, refill, table, whole} from './dom.js';
import {grey, mapPicture} from './draw.js';
import {ask, troubleBox} from './server.js';

const MISTAKES = 4; // that are named

/** @param path of the model or run, to ask for pictures */
export function confusion(report, path) {
  const pictures = el('div', {class: 'behind', 'aria-live': 'polite'});
  const choose = (label, predicted, count) => {
    showPictures(pictures, path, label, predicted, count);
    pictures.scrollIntoView({block: 'nearest'});
  };
  return [
    el('p', {}, `Of ${whole(report.test_images)} pictures (${report.data}) ${percent(report.accuracy, 2)} are right. `
      + 'Each row is what pictures show, each column what they were called. Choose a cell to see the pictures behind it.'),
    mistakes(report) ?? '',
    matrix(report, choose),
    pictures,
    el('h4', {}, 'Class by class'),
    perClass(report),
  ];
}

/** The fullest of the wrong cells, by name: a matrix is slow to read. */
function mistakes(report) {
  const wrong = report.confusion
    .flatMap((row, r) => row.map((count, c) => ({count, r, c})))
    .filter(({count, r, c}) => count > 0 && !isRight(report, r, c))
    .sort((a, b) => b.count - a.count)
    .slice(0, MISTAKES);
  return wrong.length === 0 ? null : el('div', {class: 'presets', role: 'group', 'aria-label': 'Its most frequent mistakes'},
    el('span', {class: 'note'}, 'Most often: '),
    wrong.map(({count, r, c}) => el('button', {type: 'button', onclick: event =>
      event.target.closest('.presets').parentNode.querySelector(`[data-cell="${r} ${c}"]`).click()},
    `${report.classes[r].label}, called ${report.labels[c]}: ${count}`)));
}

function matrix(report, choose) {
  const most = Math.max(...report.confusion.flatMap((row, r) => row.filter((_, c) => !isRight(report, r, c))), 1);
  return el('div', {class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix'},
    el('table', {class: 'confusion'},
      el('thead', {}, el('tr', {}, el('td', {}), report.labels.map(label => el('th', {scope: 'col'}, label)))),
      el('tbody', {}, report.confusion.map((row, r) => el('tr', {},
        el('th', {scope: 'row'}, report.classes[r].label),
        row.map((count, c) => el('td', {}, count === 0 ? el('span', {class: 'none'}, '0')
          : cell(report, r, c, count, most, choose))))))));
}

function isRight(report, r, c) {
  const row = report.classes[r];
  return (row.counts_as ?? [row.label]).includes(report.labels[c]);
}

function cell(report, r, c, count, most, choose) {
  const [label, predicted] = [report.classes[r].label, report.labels[c]];
  const right = isRight(report, r, c);
  const button = el('button', {type: 'button', class: right ? 'right' : 'wrong', 'data-cell': `${r} ${c}`,
    'aria-label': `${count} ${label} called ${predicted}`, onclick: () => {
      document.querySelectorAll('.confusion [aria-pressed]').forEach(other => other.removeAttribute('aria-pressed'));
      button.setAttribute('aria-pressed', 'true');
      choose(label, predicted, count);
    }}, count);
  button.style.setProperty('--share', right ? 0.18 : Math.min(0.45, 0.08 + 0.4 * count / most));
  return button;
}

async function showPictures(place, path, label, predicted, count) {
  const title = label === predicted ? `${label}, and called so` : `${label}, but called ${predicted}`;
  const again = () => showPictures(place, path, label, predicted, count);
  const heading = el('h4', {}, title);
  const isOvertaken = () => heading.parentNode !== place; // by another cell
  refill(place, heading, el('p', {class: 'waiting', role: 'status'}, 'Looking for the pictures ...'));
  try {
    const answer = await ask(`${path}/pictures?${new URLSearchParams({label, predicted})}`);
    if (isOvertaken()) {
      return;
    }
    const shown = answer.pictures.length;
    refill(place,
      heading,
      el('p', {class: 'note'}, `${shown < count ? `${shown} of ${count}` : `All ${count}`}, the most confident first.`),
      el('ul', {class: 'pictures'}, answer.pictures.map(one => el('li', {},
        mapPicture(bytes(one.pixels), answer.height, answer.width, grey, 255, `Test image ${one.image}`),
        el('small', {}, `${percent(one.confidence, 0)} #${one.image}`)))));
  } catch (error) {
    if (!isOvertaken()) {
      refill(place, heading, troubleBox(error, again));
    }
  }
}

function perClass(report) {
  const share = value => el('td', {}, value === undefined || value === null ? '\u2013' : percent(value));
  return table('Precision: how many of those called so are. Recall: how many of those that are were called so.',
    ['class', 'precision', 'recall', 'F1', 'pictures'],
    report.classes.map(row => el('tr', {}, el('th', {scope: 'row'}, row.label),
      share(row.precision), share(row.recall), share(row.f1), el('td', {}, whole(row.support)))), 'tight');
}
