import { theoremExperiment } from './theoremExperiment.ts';

/** Theorem 3: two pairs share a head, and interference makes their features orthogonal. */
export const thm3 = theoremExperiment({
  id: 'thm-3',
  title: 'Theorem 3: interference and orthogonal features',
  summary:
    'For random heads of rank two the second pair of features is trained to the global minimum of the cross-entropy ' +
    'plus interference, by a second-order method from many starts, and compared with other pairs; instances with and ' +
    'without an orthogonal minimiser of the cross-entropy are drawn.',
  figures: ['Appendix B.3', 'Theorem 3'],
  version: 1,
  minutes: { quick: 0.05, paper: 0.5 },
  paper: ['theorem3'],
  own: [],
});
