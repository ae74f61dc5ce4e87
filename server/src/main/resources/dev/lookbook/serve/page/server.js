// Asks the server, and turns whatever goes wrong into a sentence for people.
import {el, byId} from './dom.js';

const TOKEN = 'lookbook-token';
const TRIES = 4;

/** Something that a reader can act on; passing: it may work in a moment. */
export class Trouble extends Error {
  constructor(message, passing = false) {
    super(message);
    this.passing = passing;
  }
}

let question = null; // the form that asks for a token: it stays until it is answered, whatever else is told

/** Who waits is told so, and sees how it ends. */
export function notify(...content) {
  const notice = byId('notice');
  [...notice.childNodes].filter(node => node !== question).forEach(node => node.remove());
  notice.prepend(...content);
}

/**
 * The answer as JSON; a busy server is asked again, one that wants a token makes the page ask for it.
 *
 * @param quiet whether nobody waits for the answer: then nothing is tried twice, nor told
 */
export async function ask(path, {quiet = false, ...options} = {}) {
  for (let attempt = 1; ; attempt++) {
    const response = await send(path, options);
    if (quiet) {
      if (response.ok) {
        return response.json();
      }
      throw new Trouble(await sentence(response));
    }
    if (response.ok) {
      notify();
      return response.json();
    }
    if (response.status === 401) {
      await askForToken(sessionStorage.getItem(TOKEN) !== null);
    } else if (response.status === 503 && attempt < TRIES) {
      const seconds = Number(response.headers.get('Retry-After') ?? 1) * attempt;
      notify(`The server is busy. Trying again in ${seconds} s ...`);
      await new Promise(done => setTimeout(done, 1000 * seconds));
    } else {
      notify();
      throw new Trouble(await sentence(response), response.status >= 500);
    }
  }
}

async function send(path, options) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = {...options.headers, ...(token === null ? {} : {Authorization: `Bearer ${token}`})};
  try {
    return await fetch(path, {...options, headers});
  } catch {
    throw new Trouble('The server does not answer. It was stopped, or the connection broke. '
      + 'Start it again with ./lookbook serve, then try once more.', true);
  }
}

async function sentence(response) {
  const text = await response.json().then(json => json.error, () => '');
  if (response.status === 503) {
    return `The server is still busy after ${TRIES} tries (${text}). Wait a little, then try once more.`;
  }
  return text === '' ? `The server answers ${response.status} and says no more.` : upper(text) + (/[.!?]$/.test(text) ? '' : '.');
}

/** A sentence begins with a capital letter, unless with the name of a file. */
function upper(text) {
  return /^[^ ]*[.:]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

let asking = null; // one question, however many requests wait for its answer

function askForToken(wasWrong) {
  asking ??= new Promise(done => {
    const before = document.activeElement; // what was pressed, say
    const input = el('input', {type: 'password', id: 'token', autocomplete: 'current-password', required: true});
    const label = el('label', {for: 'token'}, wasWrong
      ? 'This token is not the right one. Whoever started the server has it in a file (--token-file): '
      : 'This server wants a token. Whoever started it has it in a file (--token-file): ');
    const form = el('form', {
      class: 'token',
      onsubmit: event => {
        event.preventDefault();
        const token = input.value.trim();
        if (!/^[!-~]+$/.test(token)) { // the server takes no other, and fetch breaks over some of them
          label.textContent = 'This cannot be a token: those have only letters from A to Z, digits and punctuation, without spaces. '
            + 'Whoever started the server has it in a file (--token-file): ';
          input.select();
          return;
        }
        sessionStorage.setItem(TOKEN, token);
        asking = null;
        question = null;
        notify();
        before.focus();
        done();
      },
    },
    label, input, el('button', {class: 'primary'}, 'Go on'));
    notify(form);
    question = form;
    input.focus();
  });
  return asking;
}

/** A sentence and a button, in place of what did not come. */
export function troubleBox(error, again) {
  if (!(error instanceof Trouble)) {
    console.error(error);
  }
  const text = error instanceof Trouble ? error.message : `This page made a mistake, sorry: ${error.message}`;
  return el('div', {class: 'problem', role: 'alert'},
    el('p', {}, text),
    again && error.passing !== false ? el('button', {type: 'button', onclick: again}, 'Try again') : null);
}
