/**
 * @param {string} text base64
 * @returns {Uint8Array}
 */
export function decodedBytes(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
