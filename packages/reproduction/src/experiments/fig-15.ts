import { robustness } from './toy/robustness.ts';

/** Number of features, from the dimension of a token to three times that. */
export const fig15 = robustness({
  id: 'fig-15',
  figures: ['Fig. 15'],
  title: 'Robustness: number of features',
  summary: 'From as many features as dimensions to three times as many; the default is 20 in 10 dimensions.',
  minutes: { quick: 0.2, paper: 1.1 },
  name: 'number of features',
  symbol: 'N',
  scale: 'linear',
  values: { quick: [10, 20, 30], paper: [10, 15, 20, 25, 30] },
  change: (features) => ({ features }),
  bound: 0.99,
});
