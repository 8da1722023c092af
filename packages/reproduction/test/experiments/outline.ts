import type { JsonObject } from '../../src/lab/result.ts';

const COMPOSITES = ['hconcat', 'vconcat', 'layer'];

/** The form of a figure in a line for each of its marks: what is drawn, from how many data, on which channels. */
export function outline(specification: JsonObject, inherited: JsonObject = {}): string[] {
  const merged = { ...inherited, ...specification };
  const composite = COMPOSITES.find((name) => Array.isArray(specification[name]));
  if (composite !== undefined) {
    const { [composite]: parts, ...shared } = merged;
    return (parts as JsonObject[]).flatMap((part) =>
      outline(part, shared).map((line) => (composite === 'layer' ? line : `${composite} · ${line}`)),
    );
  }
  const channels = Object.entries((merged.encoding ?? {}) as JsonObject).map(([channel, definition]) => {
    const { field, title, datum, type } = definition as JsonObject;
    return `${channel}: ${[title, field, datum, type].filter((part) => typeof part === 'string').join(' ')}`;
  });
  const { values } = (merged.data ?? {}) as JsonObject;
  const data = Array.isArray(values) ? `${values.length} data` : 'no data of its own';
  const { type: mark } = merged.mark as JsonObject;
  return [`${mark}, ${data}; ${channels.join('; ')}`];
}
