import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';
import { type Past, recordPasts } from '../support/recorded-history';
import { makeStaff } from '../support/staff';

const DAY_MS = 86_400_000;

/** Enquiries of two and a half years, a few a week, and a crowd of them about a year ago. */
function enquiries(now: Date): Past[] {
  return Array.from({ length: 300 }, (_, index): Past => {
    const daysAgo = index < 40 ? 370 + (index % 9) : 3 * (index - 40);
    const receivedAt = new Date(now.getTime() - daysAgo * DAY_MS).toISOString();
    return { receivedAt, dueAt: receivedAt, authority: 'derby', recordedAt: receivedAt, events: [] };
  });
}

describe('an analyst tells change from chance', () => {
  let hub: BrowserHub;
  const now = new Date();

  beforeAll(async () => {
    hub = await openHub({ now });
    await recordPasts(hub.app.database.owner, enquiries(now));
  });
  afterAll(() => hub.close());

  it('and nothing is against the page', async () => {
    const page = await hub.open();
    const staff = await makeStaff(hub.app.database, 'analyst', null);
    await signIn(page, staff.email);
    await page.getByRole('link', { name: 'Change or chance' }).click();
    await expectPage(page, 'Change or chance');
    await page.getByText(/chance explains|nothing more than chance|to tell change from chance|in a row/).first().waitFor();
    await page.locator('#series').getByText('Show the figures').click();
    await expectPage(page, 'Change or chance');
    await page.getByLabel('Figure', { exact: true }).selectOption('firstResponse.rate');
    await page.getByRole('button', { name: 'Show it' }).click();
    await expectPage(page, 'Change or chance');
    // Who forces colours on pages reads the words of a chart in the same as the heading.
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const [ofChart, ofHeading] = await page.evaluate<[string, string]>(`[getComputedStyle(document.querySelector('.hub-scene text')).fill, getComputedStyle(document.querySelector('h1')).color]`);
    expect(ofChart).toBe(ofHeading);
  });
});
