import './settings/without-eval.ts';
import { render } from 'preact';
import { startEngine } from './engine/start-engine.ts';
import { fromAddress } from './runs/address.ts';
import { followViews } from './runs/follow-views.ts';
import { PageContext, PageState } from './runs/page-state.ts';
import { keepAddress } from './runs/share.ts';
import { followAddress } from './shell/current-view.ts';
import { Page } from './shell/page.tsx';
import { followTheme } from './shell/theme.ts';
import './shell/style.css';

/**
 * The most complaints about a link that are shown. In a link made for another page, every value may
 * be wrong.
 */
const MOST_COMPLAINTS = 5;

/** Snapshots per second for visitors who asked their system for less motion. */
const CALM = 1;

const page = new PageState(startEngine(), fromAddress(location.search));
const { complaints } = page.address;
if (complaints.length > 0) {
  const more = complaints.length - MOST_COMPLAINTS;
  const rest = more > 0 ? [`There are ${more} more like these.`] : [];
  page.fail({ sentence: [...complaints.slice(0, MOST_COMPLAINTS), ...rest].join(' ') });
}
followTheme();
followAddress();
render(
  <PageContext.Provider value={page}>
    <Page />
  </PageContext.Provider>,
  document.querySelector('#page')!,
);

const digits = new URL('digits/', document.baseURI).href;
page.backend.value = await page.engine.ask('open', { backend: page.address.backend, digits });
if (matchMedia('(prefers-reduced-motion: reduce)').matches)
  await page.engine.ask('refresh', { perSecond: CALM });
followViews(page);
keepAddress(page);
