/** Wasm file: fetches the WebAssembly of a module, on the page's thread or in a worker. */

/**
 * What the glue takes: an answer that the browser compiles while it loads, or bytes.
 *
 * @param {string | URL | BufferSource} place an address, or the bytes themselves
 * @param {'draw' | 'engine'} name the module
 */
export async function wasmAt(place, name) {
  if (place instanceof ArrayBuffer || ArrayBuffer.isView(place)) return place;
  const response = await fetch(place);
  const type = response.headers.get('content-type') ?? '';
  // A development server may answer any unknown address with its first page.
  if (!response.ok || type.startsWith('text/html'))
    throw new Error(
      `${response.url} answered ${response.status} ${type}; expected ${name}_bg.wasm of the package: copy it there, or ` +
        `say where it is by setWasm({ ${name}: '…' })`,
    );
  // Browsers compile while loading only if the content type is right. Servers that do not know `.wasm` send another
  // one.
  return type.startsWith('application/wasm') ? response : response.arrayBuffer();
}
