/** What the engine uses of the WebAssembly interface; Node's type package leaves it to the browser's. */
interface WebAssemblyInterface {
  readonly Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: unknown };
}

export const webAssembly: WebAssemblyInterface = Reflect.get(globalThis, 'WebAssembly');
