import { SvfError } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { applySettings } from '../../src/config/applySettings.ts';
import { presets } from '../../src/config/presets.ts';

describe('applySettings', () => {
  test('changes the named keys and no others, and leaves its input alone', () => {
    const input = structuredClone(presets['single-pair']);
    expect(applySettings(input, ['featureProbability=0.1', 'keys=8'])).toEqual({
      ...presets['single-pair'],
      featureProbability: 0.1,
      keys: 8,
    });
    expect(input).toEqual(presets['single-pair']);
  });

  test('reads JSON where it is JSON, text elsewhere', () => {
    const settings = [
      'reconstruction=mean',
      'scaledLogits=true',
      'rotary={"positional":[1]}',
      'importance=[1,2]',
      'learningRate=5e-4',
      'seed=-3',
    ];
    expect(applySettings({}, settings)).toEqual({
      reconstruction: 'mean',
      scaledLogits: true,
      rotary: { positional: [1] },
      importance: [1, 2],
      learningRate: 5e-4,
      seed: -3,
    });
    expect(applySettings({ rotary: {} }, ['rotary=null'])).toEqual({ rotary: null });
  });

  test('the last of several settings of a key counts; a value may hold an equals sign', () => {
    expect(applySettings({}, ['keys=2', 'keys=3'])).toEqual({ keys: 3 });
    expect(applySettings({}, ['reconstruction=a=b'])).toEqual({ reconstruction: 'a=b' });
  });

  test.each(['keys', '=4', '', 'keyz=4', 'Keys=4', 'toString=1', '__proto__={"keys":2}', 'constructor=1'])(
    'refuses `%s`',
    (setting) => {
      const refused = () => applySettings({}, [setting]);
      expect(refused).toThrow(SvfError);
      expect(refused).toThrow(
        expect.objectContaining({ code: 'bad-setting', path: [setting], received: setting }),
      );
    },
  );
});
