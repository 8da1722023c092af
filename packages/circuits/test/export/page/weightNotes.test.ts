import { describe, expect, test } from 'vitest';
import type { CircuitDocument } from '../../../src/circuit/circuitDocument.ts';
import { weightNotes } from '../../../src/export/page/weightNotes.ts';
import { goldenDocument } from '../goldenDocument.ts';

const kate = { id: 1, text: ' Kate' };
const anna = { id: 2, text: ' Anna' };
const notesOf = (objective: CircuitDocument['objective']) => weightNotes({ ...goldenDocument(), objective });

describe('what the weights of a circuit measure', () => {
  test('is a loss of attention into a head, whatever the seeds', () => {
    for (const objective of [goldenDocument().objective, { seeding: 'probe', layer: 1 } as const]) {
      expect(notesOf(objective)[0]).toMatch(/into a head: what the head’s attention loses/);
    }
  });

  test.each<[string, CircuitDocument['objective'], string]>([
    [
      'one probability',
      { seeding: 'probability', targets: [kate], tau: 0.8, steps: 64 },
      'integrated gradient of the log-probability of the target.',
    ],
    [
      'several probabilities',
      { seeding: 'probability', targets: [kate, anna], tau: 0.8, steps: 64 },
      'integrated gradient of the log-probability of the targets.',
    ],
    ['logits', { seeding: 'linear', targets: [kate, anna], wrong: null }, 'share of the logit, in logits.'],
    [
      'a logit difference',
      { seeding: 'linear', targets: [kate], wrong: anna },
      'share of the logit difference, in logits.',
    ],
    ['a probe', { seeding: 'probe', layer: 1 }, 'share of the projection on the probe.'],
  ])('follows from the objective into an output: %s', (_, objective, end) => {
    const notes = notesOf(objective);
    expect(notes).toHaveLength(2);
    expect(notes[1]).toMatch(/^Weight of an edge into an output: /);
    expect(notes[1].endsWith(end)).toBe(true);
  });

  test('is a mean in an average', () => {
    const notes = weightNotes({ ...goldenDocument(), averaged: { circuits: 3, share: 0.5 } });
    expect(notes).toHaveLength(3);
    expect(notes[2]).toMatch(/means over all circuits of the average/);
  });
});
