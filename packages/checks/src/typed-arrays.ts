// The names below are written so that every TypeScript understands them: before 5.7, typed arrays
// took no parameter, and `Uint8Array<ArrayBuffer>` in a declaration file was an error.

/** A Uint8Array on an ArrayBuffer, which may be sent to a worker or made a Blob. */
export type Bytes = ReturnType<Uint8ArrayConstructor['of']>;

/** A Float32Array on an ArrayBuffer, which may be sent to a worker or made a Blob. */
export type Floats = ReturnType<Float32ArrayConstructor['of']>;

/** An Int32Array on an ArrayBuffer, which may be sent to a worker or made a Blob. */
export type Integers = ReturnType<Int32ArrayConstructor['of']>;

/** A Uint32Array on an ArrayBuffer, which may be sent to a worker or made a Blob. */
export type Indices = ReturnType<Uint32ArrayConstructor['of']>;
