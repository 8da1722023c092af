import { robustness } from './toy/robustness.ts';

/** Dimension of the head, from that of a token to as few as there are pairs. */
export const fig16 = robustness({
  id: 'fig-16',
  figures: ['Fig. 16'],
  title: 'Robustness: dimension of the head',
  summary:
    'From the dimension of a token, 10, down to 4: one dimension for each pair of interest and none to spare.',
  minutes: { quick: 0.2, paper: 1.1 },
  name: 'head dimension',
  symbol: 'H',
  scale: 'linear',
  values: { quick: [10, 6, 4], paper: [10, 8, 6, 4] },
  change: (headDimension) => ({ headDimension }),
  bound: 0.99,
});
