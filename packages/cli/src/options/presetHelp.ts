import type { PresetName } from '@svf-alignment/toy';

/** What each preset of the toy model is; the type keeps the list complete. */
export const presetHelp: Readonly<Record<PresetName, string>> = {
  default: '20 features in 10 dimensions, four pairs with targets 24, 21, 18, 15',
  paper: "the same with the paper's reconstruction loss and length",
  'no-attention': 'features alone, no head',
  'single-pair': 'one pair with target 10',
  'multi-pair': '100 features in 50 dimensions, 20 pairs',
  rope: 'rotary positions, 40 keys, one target that turns with position',
  'over-capacity': '8 pairs for a head of dimension 5',
  anisotropy: 'frozen isotropic features, only the head is trained',
};
