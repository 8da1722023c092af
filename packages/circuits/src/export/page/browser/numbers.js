/**
 * A weight with three digits after the point, or two that count where three would show nothing.
 * @param {number} value
 */
export function weightText(value) {
  const size = Math.abs(value);
  const text = size >= 0.001 || size === 0 ? size.toFixed(3) : size.toPrecision(2);
  return value < 0 ? `−${text}` : text;
}

/** @param {readonly number[] | null} singularVectors */
export function vectorsText(singularVectors) {
  return singularVectors === null ? '–' : singularVectors.join(', ');
}

/** @param {number} share */
export function percentText(share) {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** @param {number} share */
export function shareText(share) {
  return `${percentText(share)} of circuits`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * A text that is cut after so many letters.
 * @param {string} text
 * @param {number} letters
 */
export function cut(text, letters) {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}
