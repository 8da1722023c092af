import { robustness } from './toy/robustness.ts';

/** Length of the context: the keys among which one query chooses. */
export const fig17 = robustness({
  id: 'fig-17',
  figures: ['Fig. 17'],
  title: 'Robustness: context length',
  summary: 'How many keys a query sees, from 2 to 32; the default is 4.',
  minutes: { quick: 0.2, paper: 1.1 },
  name: 'context length',
  symbol: 'm',
  scale: 'log',
  values: { quick: [2, 8, 32], paper: [2, 4, 8, 16, 32] },
  change: (keys) => ({ keys }),
  bound: 0.99,
});
