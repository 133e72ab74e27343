import type { Polynomial } from '@deepbelief/units';
import type {
  Attribute,
  ModelMessage,
  NodeMessage,
  TensorMessage,
  ValueMessage,
} from './messages.ts';

/** A value in a graph: its name there. */
export type Value = string & { readonly brand?: 'value' };

/** A value, or a number that is the same everywhere. */
export type Operand = Value | number;

/** Numbers with a shape, as read from a tensor. */
export interface Numbers {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A graph of ONNX operators while it is built. Its values are named after what makes them. */
export class Graph {
  readonly #nodes: NodeMessage[] = [];
  readonly #constants = new Map<unknown, TensorMessage>();
  readonly #inputs: ValueMessage[] = [];
  readonly #outputs: (ValueMessage & { readonly value: Value })[] = [];
  readonly #names = new Set<string>();
  #place = '';

  /** Builds what belongs to one place, such as `layer1`, whose name its values begin with. */
  at<T>(place: string, build: () => T): T {
    const before = this.#place;
    this.#place = `${before}${place}/`;
    const result = build();
    this.#place = before;
    return result;
  }

  input(value: ValueMessage): Value {
    this.#inputs.push(value);
    this.#names.add(value.name);
    return value.name;
  }

  output(value: Value, description: ValueMessage): void {
    this.#outputs.push({ ...description, value });
    this.#names.add(description.name);
  }

  /** An operator with one output. */
  node(
    op: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const name = this.#unused(`${this.#place}${op}`);
    this.#nodes.push({ name, op, inputs, outputs: [name], attributes });
    return name;
  }

  /** A tensor; the same numbers are stored once. */
  constant(numbers: Numbers): Value {
    return this.#constantOf(numbers, numbers);
  }

  /** Numbers of a place of their own, such as the deviations of a layer's units. */
  row(name: string, values: ArrayLike<number>): Value {
    const data = Float32Array.from(values);
    return this.constant({ name: `${this.#place}${name}`, shape: [data.length], data });
  }

  /** Whole numbers, such as a shape. */
  integers(values: readonly number[]): Value {
    const key = values.join();
    return this.#constantOf(`[${key}]`, {
      name: `[${values.join(', ')}]`,
      shape: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  }

  #scalar(value: number): Value {
    return this.#constantOf(value, { name: `${value}`, shape: [], data: Float32Array.of(value) });
  }

  #operands(...operands: Operand[]): Value[] {
    return operands.map((one) => (typeof one === 'number' ? this.#scalar(one) : one));
  }

  add = (a: Operand, b: Operand): Value => this.node('Add', this.#operands(a, b));
  sub = (a: Operand, b: Operand): Value => this.node('Sub', this.#operands(a, b));
  mul = (a: Operand, b: Operand): Value => this.node('Mul', this.#operands(a, b));
  div = (a: Operand, b: Operand): Value => this.node('Div', this.#operands(a, b));
  max = (a: Operand, b: Operand): Value => this.node('Max', this.#operands(a, b));
  clip = (x: Value, low: number, high: number): Value =>
    this.node('Clip', this.#operands(x, low, high));
  whereAbove = (x: Value, bound: number, above: Value, below: Value): Value =>
    this.node('Where', [this.node('Greater', this.#operands(x, bound)), above, below]);
  /** The elements in another shape, of which −1 follows from the rest. */
  reshape = (x: Value, shape: readonly number[]): Value =>
    this.node('Reshape', [x, this.integers(shape)]);
  transpose = (x: Value, perm: readonly number[]): Value => this.node('Transpose', [x], { perm });
  polynomial = (x: Value, coefficients: Polynomial): Value =>
    coefficients.reduceRight<Operand>(
      (value, coefficient) =>
        value === 0 ? coefficient : this.add(this.mul(value, x), coefficient),
      0,
    ) as Value;

  /** The graph as a message. */
  message(name: string): ModelMessage['graph'] {
    const renamed = new Map<string, string>();
    const made = new Set(this.#nodes.flatMap(({ outputs }) => outputs));
    const copies: NodeMessage[] = [];
    for (const { name: output, value } of this.#outputs) {
      if (made.has(value) && !renamed.has(value)) renamed.set(value, output);
      else
        copies.push({
          name: `${output}/Identity`,
          op: 'Identity',
          inputs: [value],
          outputs: [output],
          attributes: {},
        });
    }
    const named = (values: readonly string[]): string[] =>
      values.map((value) => renamed.get(value) ?? value);
    return {
      name,
      nodes: [...this.#nodes, ...copies].map((node) => ({
        ...node,
        inputs: named(node.inputs),
        outputs: named(node.outputs),
      })),
      constants: [...this.#constants.values()],
      inputs: this.#inputs,
      outputs: this.#outputs,
    };
  }

  #constantOf(key: unknown, tensor: TensorMessage): Value {
    const found = this.#constants.get(key);
    if (found !== undefined) return found.name;
    const name = this.#unused(tensor.name);
    this.#constants.set(key, { ...tensor, name });
    return name;
  }

  #unused(name: string): string {
    let unused = name;
    for (let i = 2; this.#names.has(unused); i++) unused = `${name}_${i}`;
    this.#names.add(unused);
    return unused;
  }
}
