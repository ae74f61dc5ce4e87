// Why an answer is not to be relied on, in words: the same wherever an answer is shown.

/** As the model files define it: above 1 lies one in a hundred of the garments that the model did not learn from. */
const STRANGE = 1;

export const isUnfamiliar = answer => answer.unfamiliarity > STRANGE;

/** Whether an answer may look as if one could rely on it. */
export function isSure(answer) {
  return answer.decision === 'sure' && !isUnfamiliar(answer) && answer.garment_found !== false;
}

/** What speaks against an answer before its confidence is even looked at: {title, text}, or null. */
export function doubt(answer) {
  if (answer.garment_found === false) {
    return {title: 'Not to be relied on.',
      text: 'Nothing in this picture stood out as a garment. Try one piece of clothing on a plain ground.'};
  }
  if (isUnfamiliar(answer)) {
    return {title: 'It has never seen a picture like this.',
      text: 'It names the nearest of the garments it knows, but this may be something else altogether, however high the bar; '
        + 'or the garment was cut out badly: see below what the network saw. '
        + `Strangeness ${answer.unfamiliarity.toFixed(1)}: above 1 lies only one in a hundred garments.`};
  }
  return null;
}

/** The same in a few words, for a table. */
export function shortly(answer) {
  if (answer.garment_found === false) {
    return 'unsure: no garment found';
  }
  return isUnfamiliar(answer) ? 'unsure: unlike all it has seen' : answer.decision ?? '';
}
