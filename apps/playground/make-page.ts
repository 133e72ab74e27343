// Part of `npm run build`: builds apps/playground/dist if it is out of date.
import { buildPage } from './build-page.ts';

await buildPage();
