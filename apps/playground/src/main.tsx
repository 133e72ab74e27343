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

/** Pictures a second for those who asked their system for less motion. */
const CALM = 1;

const page = new PageState(startEngine(), fromAddress(location.search));
if (page.address.complaints.length > 0) page.fail({ sentence: page.address.complaints.join(' ') });
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
if (matchMedia('(prefers-reduced-motion: reduce)').matches) await page.engine.ask('refresh', { perSecond: CALM });
followViews(page);
keepAddress(page);
