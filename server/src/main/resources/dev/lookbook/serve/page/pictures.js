// How pictures come to the page: dropped, pasted, chosen, photographed, or one of the garments that ship.
import {byId, el} from './dom.js';
import {notify} from './server.js';
import {goTo, place, set, state} from './state.js';

/** One test image of each class, the first of its kind. */
export const SAMPLES = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag',
  'Ankle boot'];

export function listen(take) {
  const files = byId('files');
  byId('choose').addEventListener('click', () => files.click());
  files.addEventListener('change', () => {
    take([...files.files]);
    files.value = ''; // or the same file could not be chosen again
  });
  byId('photograph').addEventListener('click', () => photograph(take));
  listenToDrops(take);
  document.addEventListener('paste', event => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length > 0) {
      event.preventDefault();
      take(pasted);
    }
  });
  byId('samples').append(...sampleButtons());
}

/** The whole page takes drops: a browser that misses its target leaves the page. */
function listenToDrops(take) {
  let depth = 0; // dragenter and dragleave come for every element on the way
  const shows = delta => {
    depth = Math.max(0, depth + delta);
    document.body.classList.toggle('dragging', depth > 0);
  };
  document.addEventListener('dragenter', event => {
    event.preventDefault();
    shows(1);
  });
  document.addEventListener('dragleave', () => shows(-1));
  document.addEventListener('dragover', event => event.preventDefault());
  document.addEventListener('drop', event => {
    event.preventDefault();
    shows(-depth);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length > 0) {
      take(dropped);
    } else {
      notify('That was no file. Save the picture first, or copy it and paste it here.');
    }
  });
}

export function sampleButtons() {
  return SAMPLES.map((name, number) => el('li', {},
    el('button', {type: 'button', class: 'sample', 'aria-label': `Sample: ${name}`, onclick: () => chooseSample(number)},
      el('img', {src: sampleFile(number), alt: '', width: 56, height: 56}))));
}

function sampleFile(number) {
  return `page/sample-${number}.png`;
}

let choices = 0; // a sample that is overtaken by a newer choice is dropped

/** Makes a shipped garment the picture of the page. */
export async function chooseSample(number) {
  const choice = ++choices;
  const blob = await fetch(sampleFile(number)).then(response => (response.ok ? response.blob() : null)).catch(() => null);
  if (choice !== choices) {
    return;
  }
  if (blob === null) {
    notify('The server does not answer. Start it again with ./lookbook serve, then try once more.');
    return;
  }
  show(blob, SAMPLES[number], number);
}

/** Makes a file the picture of the page. */
export function show(blob, name, sample = null) {
  choices++;
  const before = state.picture;
  set('picture', {blob, name, sample, url: URL.createObjectURL(blob)});
  if (before !== null) {
    URL.revokeObjectURL(before.url); // nothing shows it any more, and it holds the whole file
  }
  goTo(place().tab || 'classify', place().parts);
}

async function photograph(take) {
  if (!navigator.mediaDevices?.getUserMedia) {
    // Without https only this very machine may use its camera here; phones offer theirs in the file dialog.
    const files = byId('files');
    files.setAttribute('capture', 'environment');
    files.click();
    files.removeAttribute('capture');
    return;
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}});
  } catch (error) {
    notify(error.name === 'NotAllowedError'
      ? 'The camera may not be used here. Allow it in the browser\'s settings for this page, or choose a file.'
      : 'There is no camera that can be used here. Choose a file instead.');
    return;
  }
  const video = el('video', {autoplay: true, playsinline: true, muted: true, 'aria-label': 'What the camera sees'});
  video.srcObject = stream;
  const button = el('button', {type: 'button', class: 'primary', disabled: true, onclick: () => shoot(video, dialog, take)}, 'Take it');
  video.addEventListener('loadedmetadata', () => { // before that there is nothing to take
    button.disabled = false;
    button.focus();
  });
  const dialog = el('dialog', {class: 'camera', 'aria-label': 'Take a photo'},
    video,
    el('div', {class: 'buttons'},
      button,
      el('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel')));
  dialog.addEventListener('close', () => {
    stream.getTracks().forEach(track => track.stop());
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function shoot(video, dialog, take) {
  const canvas = el('canvas', {});
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  canvas.toBlob(blob => {
    if (blob === null) {
      return; // the camera shows nothing yet
    }
    dialog.close();
    take([new File([blob], 'photo.jpg', {type: 'image/jpeg'})]);
  }, 'image/jpeg', 0.95);
}
