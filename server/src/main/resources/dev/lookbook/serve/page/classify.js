// The first part: what is it, and how sure.
import {byId, el, percent, refill, whole} from './dom.js';
import {doubt, isSure, isUnfamiliar, shortly} from './doubt.js';
import {SAMPLES, show as showPicture} from './pictures.js';
import {Trouble, ask, notify, troubleBox} from './server.js';
import {card, goTo, on, state} from './state.js';
import {open} from './tabs.js';

const TOGETHER = 16; // pictures in a request, so that answers come in while others are still worked on

export function start() {
  on('picture', () => classify(state.picture));
  on('model', () => {
    if (many !== null) {
      classifyMany(many);
    } else if (state.picture !== null) {
      classify(state.picture);
    }
  });
  on('models', () => {
    if (askedOf !== null && card() !== undefined && card().content_sha256 !== askedOf) { // its file was swapped
      classify(state.picture);
    }
  });
  showEmpty();
}

export function opened() {
  goTo('classify');
}

/** What to do with files, however they came. */
export function take(files) {
  refill(byId('table'));
  const looksOn = !byId('inside').hidden || !byId('kernels').hidden; // with another picture
  if (files.length > 1 || !looksOn) {
    open('classify');
  }
  if (files.length === 1) {
    showPicture(files[0], files[0].name);
  } else {
    classifyMany(files);
  }
}

function showEmpty() {
  refill(byId('answer'),
    el('p', {class: 'note'}, 'The answer comes here: what it is, how sure the network is, and what it saw. Then ask why, and look inside.'),
    el('p', {class: 'note'}, 'It knows ten kinds of garment:'),
    el('ul', {class: 'kinds note'}, SAMPLES.map(name => el('li', {}, name))));
}

let latest = 0; // an answer that is overtaken by a newer question is not shown
let many = null; // the files of the table, if it was asked for last
let askedOf = null; // the hash of the model that was asked about the picture, if it is known

async function classify(picture) {
  const number = ++latest;
  many = null;
  askedOf = card()?.content_sha256 ?? null;
  byId('shown').replaceChildren(el('img', {
    src: picture.url,
    alt: `Your picture: ${picture.name}`,
    class: picture.sample === null ? '' : 'pixels',
    onerror: event => event.target.replaceWith(el('p', {}, picture.name)), // the server may read what a browser cannot
  }));
  byId('answer').setAttribute('aria-busy', 'true');
  try {
    requireFits([picture.blob], picture.name);
    const answer = await send([[picture.blob, picture.name]], state.model);
    if (number === latest) {
      refill(byId('answer'), ...answerTo(answer.results[0]));
    }
  } catch (error) {
    if (number === latest) {
      refill(byId('answer'), troubleBox(error, () => classify(state.picture)));
    }
  } finally {
    if (number === latest) {
      byId('answer').removeAttribute('aria-busy');
    }
  }
}

/** The server may break the connection over a body that is too large, and its sentence with it: so say it here. */
function requireFits(blobs, name) {
  const bytes = blobs.reduce((sum, blob) => sum + blob.size, 0);
  const most = state.limits?.body_bytes;
  if (most !== undefined && bytes > most - 2048) {
    throw new Trouble(`${name} has ${(bytes / 1048576).toFixed(1)} MiB, but the server takes ${(most / 1048576).toFixed(0)}.`
      + ' Make it smaller, or start the server with a larger --max-body.');
  }
}

function send(pictures, model) {
  const form = new FormData();
  pictures.forEach(([blob, name]) => form.append('picture', blob, name));
  const query = model === null ? '' : `&model=${encodeURIComponent(model)}`;
  return ask(`api/classify?prepared=true${query}`, {method: 'POST', body: form});
}

function ranked(result) {
  return Object.entries(result.probabilities).sort(([, a], [, b]) => b - a);
}

function answerTo(result) {
  const [[label, confidence], [second, secondShare]] = ranked(result);
  return [
    el('p', {class: 'headline'}, result.decision === 'unsure' || doubt(result) ? `${label}?` : label),
    verdict(result, confidence),
    el('div', {class: isSure(result) ? 'bars' : 'bars doubtful', role: 'img', 'aria-label': ranked(result).map(([name, p]) => `${name} ${percent(p)}`).join(', ')},
      ranked(result).map(([name, share]) => bar(name, share))),
    el('div', {class: 'saw'},
      el('img', {src: result.prepared, class: 'pixels', width: 112, height: 112, alt: 'What the network saw: the garment, cut out, 28 by 28 grey pixels'}),
      el('p', {},
        el('b', {}, 'This is what the network saw. '),
        'The garment is cut out, made grey and 28 pixels small, and put on black, as in the pictures it learnt from. ',
        'If you cannot recognise it here, neither can the network.')),
    el('p', {}, `Runner-up: ${second}, ${percent(secondShare)}.`),
    el('div', {class: 'buttons'},
      el('button', {type: 'button', class: 'primary', onclick: () => open('inside')}, 'Why? Look inside'),
      el('button', {type: 'button', onclick: () => open('kernels')}, 'Try kernels on it')),
    modelLine(),
  ];
}

function verdict(result, confidence) {
  const against = doubt(result);
  if (against !== null) {
    return el('p', {class: 'verdict doubt'}, el('b', {}, against.title), ` ${against.text}`);
  }
  const sureAt = card()?.sure_at;
  return {
    sure: () => el('p', {class: 'verdict sure'}, el('b', {}, `Sure: ${percent(confidence)}.`),
      ` ${rightOfSure()}`, state.picture.sample === null
        ? ' Of photos fewer are, and what is no garment gets one of the ten names, too: look at what the network saw.' : ''),
    unsure: () => el('p', {class: 'verdict unsure'}, el('b', {}, `Unsure: ${percent(confidence)}.`),
      ` ${sureAt === undefined ? '' : `This model is sure from ${percent(sureAt)}. `}Better have somebody look.`),
  }[result.decision]?.() ?? el('p', {class: 'verdict'}, el('b', {}, `${percent(confidence)}.`),
    ' This model was never told when to call itself sure.');
}

/** As its card has it. */
function rightOfSure() {
  const accuracy = card()?.card?.sure_accuracy;
  return accuracy === undefined ? '' : `Of its sure answers to the test images ${percent(accuracy)} are right.`;
}

function bar(name, share) {
  const fill = el('span', {class: 'fill'});
  fill.style.width = `${Math.max(0.4, 100 * share)}%`;
  return el('div', {class: 'bar'}, el('span', {class: 'name'}, name), el('span', {class: 'track'}, fill),
    el('span', {class: 'share'}, percent(share)));
}

function modelLine() {
  const model = card();
  if (model === undefined) {
    return null;
  }
  const accuracy = model.card?.accuracy;
  return el('p', {class: 'note'}, `By ${model.name}, version ${model.version}: ${whole(model.parameters)} weights`,
    accuracy === undefined ? '. ' : `, right on ${percent(accuracy)} of the test images. `,
    el('a', {href: `#models/${encodeURIComponent(model.name)}`}, 'Its card'));
}

// --- Several pictures ------------------------------------------------------------------------------------------

async function classifyMany(files) {
  const number = ++latest; // whatever single picture is under way
  many = files;
  askedOf = null;
  const {model} = state; // of all of them, even if another is chosen meanwhile
  byId('answer').removeAttribute('aria-busy');
  byId('shown').replaceChildren(el('p', {}, `${files.length} pictures`));
  showEmpty();
  const rows = files.map(file => ({file, cells: el('tr', {}, el('td', {colspan: 5}, `${file.name} ...`))}));
  const results = [];
  const download = el('button', {type: 'button', disabled: true, onclick: () => save(results)}, 'Download as CSV');
  refill(byId('table'),
    el('h3', {}, `${files.length} pictures${model === null ? '' : `, by ${model}`}`),
    el('div', {class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Answers'},
      el('table', {class: 'answers'},
        el('thead', {}, el('tr', {}, [['Picture', 'text'], ['Seen as', 'text'], ['Answer', 'text'], ['Confidence', null], ['Sure?', 'text']]
          .map(([text, side]) => el('th', {scope: 'col', class: side}, text)))),
        el('tbody', {}, rows.map(row => row.cells)))),
    el('div', {class: 'buttons'}, download));
  for (let first = 0; first < rows.length; first += TOGETHER) {
    await classifySome(rows.slice(first, first + TOGETHER), model, results);
  }
  download.disabled = false;
  if (number !== latest) {
    return;
  }
  const failed = results.filter(result => result.error).length;
  const strange = results.filter(isUnfamiliar).length;
  refill(byId('answer'),
    el('p', {class: 'headline'}, `${results.length - failed} of ${results.length}`),
    el('p', {}, `pictures are answered${failed === 0 ? '' : `; ${failed} could not be read, and the table says why`}. `
      + (strange === 0 ? '' : `${strange} ${strange === 1 ? 'is' : 'are'} unlike all pictures that the network has seen. `)
      + 'Click on one to see it alone.'));
}

async function classifySome(rows, model, results) {
  if (!rows[0].cells.isConnected) {
    return; // another table has taken their place
  }
  let answers;
  try {
    const fitting = rows.map(row => row.file);
    requireFits(fitting, `${rows.length} of these pictures together`);
    answers = (await send(rows.map(row => [row.file, row.file.name]), model)).results;
  } catch (error) {
    if (rows.length > 1) { // one bad picture, or all together too large: one by one
      for (const row of rows) {
        await classifySome([row], model, results);
      }
      return;
    }
    const text = error instanceof Trouble ? error.message : `This page made a mistake: ${error.message}`;
    answers = [{input: rows[0].file.name, error: text}];
  }
  answers.forEach((answer, i) => {
    const result = {...answer, input: rows[i].file.name};
    results.push(result);
    fill(rows[i], result);
  });
}

function fill({file, cells}, result) {
  const name = el('button', {type: 'button', class: 'link', onclick: () => showPicture(file, file.name)}, file.name);
  if (result.error) {
    cells.replaceChildren(el('th', {scope: 'row'}, file.name), el('td', {colspan: 4, class: 'text'}, result.error));
    return;
  }
  cells.replaceChildren(
    el('th', {scope: 'row'}, name),
    el('td', {class: 'text'}, el('img', {src: result.prepared, class: 'pixels', width: 42, height: 42, alt: ''})),
    el('td', {class: 'text'}, result.label),
    el('td', {}, percent(result.confidence)),
    el('td', {class: isSure(result) ? 'text sure' : doubt(result) ? 'text doubt' : 'text'}, shortly(result)));
}

/** The columns of `lookbook classify --format csv`. */
export function csv(results) {
  const quoted = text => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const columns = ['input', 'label', 'confidence', 'decision', 'error', 'unfamiliarity'];
  const lines = results.map(result => columns.map(column => quoted(String(result[column] ?? ''))).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

function save(results) {
  const url = URL.createObjectURL(new Blob([csv(results)], {type: 'text/csv'}));
  el('a', {href: url, download: 'lookbook.csv'}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  notify('Saved as lookbook.csv.');
}
