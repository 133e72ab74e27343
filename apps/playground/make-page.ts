// Part of `npm run build`: makes apps/playground/dist where it is out of date.
import { buildPage } from './build-page.ts';

await buildPage();
