// What all parts share: the picture, the model, and where the reader is.

const changes = new EventTarget();

export const state = {
  /** {name, blob, url, sample}: url lasts until the next picture, sample is the number of a garment that ships, or null */
  picture: null,
  /** the name of the chosen model */
  model: null,
  /** cards, as /api/models gives them */
  models: [],
  /** what the server takes: {body_bytes, pixels, images} */
  limits: null,
};

/** Calls back when 'picture', 'model' or 'models' changed. */
export function on(what, then) {
  changes.addEventListener(what, then);
}

export function set(what, value) {
  if (state[what] !== value) {
    state[what] = value;
    changes.dispatchEvent(new Event(what));
  }
}

export function card(name = state.model) {
  return state.models.find(model => model.name === name);
}

// A place is #tab/part/part?model=small&sample=3, so that a link leads back to what is on the screen.

export function place() {
  const [path, query] = location.hash.slice(1).split('?');
  const [tab, ...parts] = path.split('/').map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part; // somebody's typing
    }
  });
  return {tab, parts, query: new URLSearchParams(query)};
}

/** Puts where the reader is into the address; only another tab is worth a step back. */
export function goTo(tab, parts = []) {
  const query = new URLSearchParams();
  if (state.model !== null) {
    query.set('model', state.model);
  }
  if (state.picture?.sample !== null && state.picture !== null) {
    query.set('sample', state.picture.sample);
  }
  const hash = `#${[tab, ...parts.map(encodeURIComponent)].join('/')}${query.size === 0 ? '' : `?${query}`}`;
  if (hash !== location.hash) {
    if (place().tab === tab || location.hash === '') {
      history.replaceState(null, '', hash);
    } else {
      history.pushState(null, '', hash);
    }
  }
}
