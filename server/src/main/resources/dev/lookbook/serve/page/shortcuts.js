// Residual shortcuts: maps that go past some steps and are added to what these made of them (He et al. 2015).

/** What comes into a sum from further back than the step before it: {layer, steps}. */
export function shortcutsInto(sum, layers) {
  const at = layers.indexOf(sum);
  return sum.inputs.map(name => layers.findIndex(layer => layer.name === name))
    .filter(from => from >= 0 && from < at - 1)
    .map(from => ({layer: layers[from], steps: at - from}));
}

/** The sums that a step's maps go to past the steps between. */
export function shortcutsFrom(step, layers) {
  return layers.filter(layer => layer.type === 'add' && shortcutsInto(layer, layers).some(({layer: from}) => from === step));
}
