declare module 'write-file-atomic' {
  /** Writes to a temporary name beside the file, flushes, and renames. */
  export default function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void>;
}
