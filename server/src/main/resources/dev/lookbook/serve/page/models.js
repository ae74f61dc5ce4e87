// The fourth part: the models that answer, the runs that made models, and what each gets wrong.
import {refresh} from './chooser.js';
import {lineChart} from './chart.js';
import {confusion} from './confusion.js';
import {byId, decimal, el, percent, refill, table, whole} from './dom.js';
import {ask, troubleBox} from './server.js';
import {card, goTo, on, state} from './state.js';

const MOST_CURVES = 4; // that can be told apart

let runs = null;
let leftOut = 0; // runs that the server did not list
let compared = [];
let shown = {kind: 'models', name: null};
let detailed; // the model whose card is laid out

export function start() {
  on('models', () => !byId('models').hidden && showChanges());
}

/** @param parts of the address: a model's name, or 'runs' and a run's name */
export function opened(parts) {
  const isRun = parts[0] === 'runs';
  shown = {kind: isRun ? 'runs' : 'models', name: (isRun ? parts[1] : parts[0]) ?? null};
  show();
  refresh();
}

async function show() {
  const panel = byId('models');
  const runsPlace = el('div', {class: 'reserved', 'aria-busy': 'true'});
  const detail = el('div', {id: 'detail'});
  refill(panel,
    el('h2', {class: 'lead'}, 'Models and runs'),
    el('div', {class: 'split even'},
      el('div', {}, el('h3', {}, 'Models that answer here'), el('div', {id: 'answering'}, modelTable())),
      el('div', {}, el('h3', {}, 'Training runs'), runsPlace)),
    el('div', {id: 'curves', class: 'row'}),
    detail);
  showDetail();
  try {
    ({runs, left_out: leftOut} = await ask('api/runs'));
    compared = compared.length === 0 ? runs.filter(run => run.curves.length > 0).slice(-MOST_CURVES).map(run => run.run) : compared;
    refill(runsPlace, ...runList());
    byId('curves').replaceChildren(...curves());
    if (shown.kind === 'runs' && !panel.hidden) { // or a late answer would change the address of another tab
      showDetail();
    }
  } catch (error) {
    refill(runsPlace, troubleBox(error, show));
  } finally {
    runsPlace.removeAttribute('aria-busy');
  }
}

/** What is not of a model that changed stays: working out what it gets wrong takes seconds. */
function showChanges() {
  refill(byId('answering'), modelTable());
  if (shown.kind === 'models' && shownModel() !== detailed) {
    showDetail();
  }
}

function choose(kind, name) {
  shown = {kind, name};
  showDetail();
  byId('detail').scrollIntoView({block: 'start'});
  byId('detail').querySelector('h3')?.focus({preventScroll: true});
}

const cell = (value, format) => el('td', {}, value === undefined || value === null ? '\u2013' : format(value));

function modelTable() {
  if (state.models.length === 0) {
    return el('p', {class: 'note'}, 'None yet. Put a model file into the folder of the server\'s models.');
  }
  return table('On the 10,000 test images of Fashion-MNIST, as the cards have it',
    ['model', 'right', 'sure', 'right of these', 'weights', 'MFLOP'],
    state.models.map(model => el('tr', {},
      el('th', {scope: 'row'}, el('button', {type: 'button', class: 'link', onclick: () => choose('models', model.name)}, model.name),
        model.default ? el('small', {}, ' the default') : null),
      cell(model.card?.accuracy, percent),
      cell(model.card?.sure_share, share => percent(share, 0)),
      cell(model.card?.sure_accuracy, percent),
      cell(model.parameters, whole),
      cell(model.flops, flops => decimal(flops / 1e6, 1)))), 'stacked');
}

function runList() {
  if (runs.length === 0) {
    return [el('p', {class: 'note'}, 'No runs in the server\'s folder of runs. Train one, which takes a minute: ', el('code', {}, './lookbook train'))];
  }
  return [
    table('In the server\'s folder of runs; the ticked ones are drawn below', ['<run', '<model', 'epochs', 'right', 'seconds', 'drawn'],
      runs.map(run => el('tr', {},
        el('th', {scope: 'row'}, el('button', {type: 'button', class: 'link', onclick: () => choose('runs', run.run)}, run.run)),
        el('td', {class: 'text'}, run.model ?? '\u2013'),
        cell(run.curves.at(-1)?.epoch, whole),
        run.accuracy === undefined ? el('td', {}, run.problem ?? 'not finished') : cell(run.accuracy, percent),
        cell(run.train_seconds, seconds => whole(Math.round(seconds))),
        el('td', {}, el('input', {type: 'checkbox', 'aria-label': `Draw ${run.run}`, checked: compared.includes(run.run),
          disabled: run.curves.length === 0, onchange: event => draw(run.run, event.target)})))), 'stacked'),
    leftOut === 0 ? '' : el('p', {class: 'note'}, `${whole(leftOut)} more ${leftOut === 1 ? 'is' : 'are'} not listed: of so many runs only the ${runs.length} that changed last are.`),
  ];
}

function draw(name, box) {
  compared = box.checked ? [...compared, name] : compared.filter(other => other !== name);
  if (compared.length > MOST_CURVES) {
    compared = compared.slice(0, MOST_CURVES);
    box.checked = false;
  }
  byId('curves').replaceChildren(...curves());
}

function curves() {
  const drawn = runs.filter(run => compared.includes(run.run));
  if (drawn.length === 0) {
    return [];
  }
  const lines = (...keys) => drawn.flatMap((run, r) => keys
    .map((key, k) => ({name: keys.length === 1 ? run.run : `${run.run}, ${key.startsWith('val') ? 'held out' : 'training'}`,
      colour: r + k, // a run that held nothing out is missing from one chart, and the others keep theirs
      points: run.curves.filter(point => point[key] !== undefined).map(point => [point.epoch, point[key]])}))
    .filter(line => line.points.length > 0));
  const one = drawn.length === 1;
  return [
    lineChart('Right answers', 'epoch', one ? lines('train_accuracy', 'val_accuracy') : lines('val_accuracy'), value => percent(value, 1)),
    lineChart('Loss', 'epoch', one ? lines('train_loss', 'val_loss') : lines('train_loss'), value => decimal(value, 3)),
  ];
}

// --- One model or run ---------------------------------------------------------------------------------------------

function shownModel() {
  return card(shown.name) ?? card();
}

function showDetail() {
  const {kind, name} = shown;
  if (kind === 'runs') {
    goTo('runs', name === null ? [] : [name]);
    const run = runs?.find(one => one.run === name);
    refill(byId('detail'), ...(run === undefined ? [] : runDetail(run)));
    return;
  }
  const model = shownModel();
  detailed = model;
  goTo('models', model === undefined ? [] : [model.name]);
  refill(byId('detail'), ...(model === undefined ? [] : modelDetail(model)));
}

function modelDetail(model) {
  return [
    el('h3', {tabindex: -1}, `${model.name}, version ${model.version}`),
    el('p', {}, familiarity(model)),
    ...cardText(model),
    el('h4', {}, 'What it gets wrong'),
    scored(`api/models/${encodeURIComponent(model.name)}`,
      `${model.name} is run over the 10,000 test images once, which takes some seconds.`, false),
  ];
}

function familiarity(model) {
  if (!model.knows_unfamiliarity) {
    return 'It cannot tell when a picture is unlike those that it was trained on: a hat may get the name of a bag, and the model be sure of it.';
  }
  const share = model.card?.unfamiliar;
  return 'It notices when a picture is unlike those that it was trained on, and is then never sure'
    + (share === undefined ? '.' : `; of the test images, which are all garments, that happens to ${percent(share, 2)}.`);
}

/** The card's own words; its headings and paragraphs are all that is laid out. */
function cardText(model) {
  const paragraphs = (model.text ?? '').split(/\n{2,}/).map(text => text.trim()).filter(text => text !== '' && !/^# /.test(text));
  if (paragraphs.length === 0) {
    const why = model.card_problem === undefined ? 'There is no card.' : `No figures are known of this model. ${model.card_problem}.`;
    return [el('p', {class: 'note'}, `${why} ${model.name} tells ${model.labels.length} classes apart: ${model.labels.join(', ')}.`)];
  }
  return [
    el('div', {class: 'card'}, paragraphs.map(text => (/^#+ /.test(text) ? el('h4', {}, text.replace(/^#+ /, '')) : /^- /.test(text)
      ? el('ul', {}, text.slice(2).split(/\n- /).map(item => el('li', {}, plain(item)))) : el('p', {}, plain(text))))),
    model.card === undefined ? null : el('details', {},
      el('summary', {}, 'How it was made'),
      table('From the card', ['what', '<value'], Object.entries(model.card).map(([key, value]) =>
        el('tr', {}, el('th', {scope: 'row'}, key), el('td', {class: 'text'}, String(value)))))),
  ].filter(part => part !== null);
}

/** Markdown's marks, taken off. */
function plain(text) {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/[*`]/g, '').replace(/\n/g, ' ');
}

function runDetail(run) {
  const settings = Object.entries(run.settings);
  return [
    el('h3', {tabindex: -1}, `Run ${run.run}`),
    run.accuracy === undefined
      ? el('p', {class: 'note'}, run.problem ?? 'It has not finished: there is no report yet.')
      : el('p', {}, `${run.model ?? 'The network'} is right on ${percent(run.accuracy, 2)} of its test images, after ${whole(Math.round(run.train_seconds ?? 0))} s of training.`),
    settings.length === 0 ? '' : el('details', {},
      el('summary', {}, 'What it was told'),
      table('args.yaml', ['setting', '<value'], settings.map(([key, value]) =>
        el('tr', {}, el('th', {scope: 'row'}, key), el('td', {class: 'text'}, JSON.stringify(value)))))),
    ...(run.accuracy === undefined ? [] : [
      el('h4', {}, 'What it gets wrong'),
      scored(`api/runs/${encodeURIComponent(run.run)}`, '', true),
    ]),
  ];
}

/** @param known whether the figures are at hand, or cost so much that the reader is asked first */
function scored(path, cost, known) {
  const place = el('div', {class: known ? 'reserved' : ''});
  const load = async () => {
    refill(place, el('p', {class: 'waiting', role: 'status'}, known ? 'Reading ...' : 'Counting right and wrong answers ...'));
    try {
      refill(place, ...confusion(await ask(`${path}/report`), path));
    } catch (error) {
      refill(place, troubleBox(error, load));
    }
  };
  if (known) {
    load();
  } else {
    refill(place, el('p', {}, cost), el('button', {type: 'button', onclick: load}, 'Show what it gets wrong'));
  }
  return place;
}
