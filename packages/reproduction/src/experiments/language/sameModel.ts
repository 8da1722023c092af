/** Whether two names mean the same model of the hub: GPT-2 stands there under two. */
export function sameModel(one: string, other: string): boolean {
  const plain = (name: string) => name.replace(/^openai-community\//, '');
  return plain(one) === plain(other);
}
