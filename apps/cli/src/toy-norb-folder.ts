import { UserError } from './user-error.ts';

export async function toyNorbFolder(cache: string, pairs: { train: number; test: number }): Promise<string> {
  throw new UserError(`toy ${cache} ${pairs.train}`);
}
