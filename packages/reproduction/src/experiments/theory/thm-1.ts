import { theoremExperiment } from './theoremExperiment.ts';

/** Theorem 1 and what leads to it: the head that minimises the loss, and its singular vectors. */
export const thm1 = theoremExperiment({
  id: 'thm-1',
  title: 'Theorem 1: the best head and its singular vectors',
  summary:
    'Each statement is run on random cases: features, probabilities and numbers of keys. Where the cases are small ' +
    'enough the expectation over contexts is an exact sum over all subsets of features, and the minimum is found by a ' +
    'second-order method from random starts; otherwise contexts are sampled. The last statement is about the literal ' +
    'teacher that only looks whether features are present: Theorem 1 rests on its whitened form.',
  figures: ['Appendix B.2', 'Theorem 1', 'Corollary 1'],
  version: 1,
  minutes: { quick: 0.3, paper: 3 },
  paper: [
    'lemma1',
    'lemma2',
    'lemma3',
    'lemma3-sampled',
    'theorem1',
    'theorem1-sampled',
    'theorem1-singular',
    'corollary1',
  ],
  own: ['presence-teacher'],
});
