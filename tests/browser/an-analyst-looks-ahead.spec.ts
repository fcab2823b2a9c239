import { addDays, localDate, MovableClock } from '@app/kernel';
import { ForecastYear, KeepForecasts, simulatedHub } from '@app/reports';
import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';
import { type Past, recordPasts } from '../support/recorded-history';
import { makeStaff } from '../support/staff';

const TODAY = localDate('2026-11-18');
const AUTHORITIES = ['nottinghamshire', 'derbyshire', 'nottinghamshire', 'nottingham', 'derbyshire', 'derby'] as const;
const LEAVERS = [['applicant', 'changed_mind'], ['applicant', 'not_now'], ['service', 'no_spare_room'], ['no_contact', 'no_response']] as const;

/** A simulated hub up to today, shared out over the councils. */
function pastOf(seed: number): Past[] {
  return simulatedHub(seed).journeys.filter(({ enquiryDay }) => enquiryDay <= 0).map(({ enquiryDay, stays }, index): Past => {
    const receivedAt = `${addDays(TODAY, enquiryDay)}T09:30:00Z`;
    const [by, reason] = LEAVERS[index % LEAVERS.length]!;
    const events = stays.filter(({ untilDay }) => untilDay <= 0).map(({ untilDay, onward }): Past['events'][number] => (onward === 'closed' ? { kind: 'closed', on: addDays(TODAY, untilDay), by, reason } : { kind: 'milestone', milestone: onward, on: addDays(TODAY, untilDay) }));
    return { receivedAt, dueAt: receivedAt, authority: AUTHORITIES[index % AUTHORITIES.length]!, recordedAt: receivedAt, events };
  });
}

describe('an analyst looks ahead', () => {
  let hub: BrowserHub;

  beforeAll(async () => {
    hub = await openHub();
    await recordPasts(hub.app.database.owner, pastOf(2));
    const clock = new MovableClock(new Date(`${TODAY}T03:25:00Z`));
    const { transactions } = hub.app.database;
    const keep = new KeepForecasts(transactions, new ForecastYear(transactions, clock), clock);
    await keep.run([null]);
  });
  afterAll(() => hub.close());

  it('from where families are lost to what the year will come to', async () => {
    const page = await hub.open();
    const staff = await makeStaff(hub.app.database, 'analyst', null);
    await signIn(page, staff.email);
    await page.getByRole('link', { name: 'Where families are lost' }).click();
    await page.locator('#all').getByText('Show the figures').click();
    await expectPage(page, 'Where families are lost');
    await page.getByRole('link', { name: 'Forecast', exact: true }).click();
    await page.locator('#outlook').getByText('Show the figures').click();
    await expectPage(page, 'What the year will come to');
    await page.getByRole('link', { name: 'Authorities and chance' }).click();
    await expectPage(page, 'Authorities and chance');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#funnel table').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Show it' }).isVisible()).toBe(false);
  });
});
