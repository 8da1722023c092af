/** Final mixing of MurmurHash3 (Appleby, public domain): every input bit changes every output bit. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A 32-bit seed for the sub-stream `name` of `seed` (any integer in ±2⁵³; both halves count). */
export function streamSeed(seed: number, name: string): number {
  const low = seed | 0;
  const high = Math.floor(seed / 0x100000000) | 0;
  let hash = mix(mix(low ^ 0x9e3779b9) + high);
  for (let i = 0; i < name.length; i += 1) hash = mix(Math.imul(hash, 31) + name.charCodeAt(i));
  return hash | 0;
}
