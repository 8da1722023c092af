import { robustness } from './toy/robustness.ts';

/** Weight of the attention loss over two orders of magnitude. */
export const fig14 = robustness({
  id: 'fig-14',
  figures: ['Fig. 14'],
  title: 'Robustness: weight of the attention loss',
  summary:
    'How much the attention loss counts beside the reconstruction loss, over two orders of magnitude; the default is 4.',
  minutes: { quick: 0.2, paper: 1.1 },
  name: 'loss weight',
  symbol: 'λ',
  scale: 'log',
  values: { quick: [0.4, 4, 40], paper: [0.4, 1.26, 4, 12.6, 40] },
  change: (attentionWeight) => ({ attentionWeight }),
  bound: 0.98,
});
