/** Training diverged and was stopped. The model is back at its last good state. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  /** Name of the layer that was trained, such as `layer 2`. */
  readonly layer: string;
  /** Step at which it was noticed. */
  readonly step: number;
  /** Step to which the model was restored. */
  readonly lastGoodStep: number;
  /** What is wrong with which parameters. */
  readonly parameters: readonly string[];

  constructor(
    layer: string,
    step: number,
    lastGoodStep: number,
    parameters: readonly string[],
    cause: string,
  ) {
    super(
      `training of ${layer} diverged by step ${step}: ${parameters.join(', ')}; likely cause: ` +
        `${cause}; the model is back at its last good state, step ${lastGoodStep}`,
    );
    this.layer = layer;
    this.step = step;
    this.lastGoodStep = lastGoodStep;
    this.parameters = parameters;
  }
}
