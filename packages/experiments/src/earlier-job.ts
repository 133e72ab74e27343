/** A job as JSON. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts a recorded job to today's form, so that a run begun by an earlier version can go on.
 *
 * Before the first release a net's plan named its output. Every command wrote "fitted", which is
 * now the only kind.
 */
export function inTodaysForm(job: object): Fields {
  const { nets, ...others } = job as Fields;
  return Array.isArray(nets) ? { ...others, nets: nets.map(withoutFittedOutput) } : (job as Fields);
}

function withoutFittedOutput(net: unknown): unknown {
  if (typeof net !== 'object' || net === null) return net;
  const { output, ...others } = net as Fields;
  return output === 'fitted' ? others : net;
}
