/**
 * A Uint8Array on an ArrayBuffer, which may be sent to a worker or made a Blob. It is written so
 * that every TypeScript understands it: before 5.7, typed arrays took no parameter, and
 * `Uint8Array<ArrayBuffer>` in a declaration file was an error.
 */
export type Bytes = ReturnType<Uint8ArrayConstructor['of']>;
