import type { Page } from 'playwright-core';
import { SaveReports } from '@app/publications';
import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';
import { seededRandom } from '../support/random-import-file';
import { type Past, type PastEvent, recordPasts } from '../support/recorded-history';
import { makeStaff } from '../support/staff';

const DAY_MS = 86_400_000;

function someYears(now: Date): Past[] {
  const random = seededRandom(12);
  return Array.from({ length: 120 }, (): Past => {
    const receivedAt = new Date(now.getTime() - Math.floor(10 + random() * 440) * DAY_MS);
    const after = (days: number): string => new Date(receivedAt.getTime() + days * DAY_MS).toISOString();
    const past = (days: number): boolean => receivedAt.getTime() + days * DAY_MS < now.getTime();
    const events: PastEvent[] = [{ kind: 'first_response', at: after(1), dueAt: after(2), workingMinutes: Math.floor(random() * 900), recordedAt: after(1) }];
    if (random() < 0.4 && past(60)) events.push({ kind: 'milestone', milestone: 'application', on: after(60).slice(0, 10), recordedAt: after(60) });
    if (random() < 0.2 && past(200)) events.push({ kind: 'milestone', milestone: 'approved', on: after(200).slice(0, 10), recordedAt: after(200) });
    else if (random() < 0.6 && past(70)) events.push({ kind: 'closed', on: after(70).slice(0, 10), by: 'applicant', reason: random() < 0.5 ? 'financial' : 'other', recordedAt: after(70) });
    return { receivedAt: receivedAt.toISOString(), dueAt: after(2), authority: random() < 0.5 ? 'derby' : 'nottinghamshire', recordedAt: receivedAt.toISOString(), events };
  });
}

describe('an analyst publishes figures', () => {
  let hub: BrowserHub;
  const now = new Date('2026-11-18T10:00:00Z');

  beforeAll(async () => {
    hub = await openHub({ now });
    await recordPasts(hub.app.database.owner, someYears(now));
    const [mistaken] = await recordPasts(hub.app.database.owner, [{ receivedAt: '2026-08-04T10:00:00Z', dueAt: '2026-08-05T16:00:00Z', authority: 'derby', recordedAt: '2026-08-04T10:00:00Z', events: [{ kind: 'milestone', milestone: 'application', on: '2026-09-10', recordedAt: '2026-09-10T12:00:00Z' }] }]);
    const saving = hub.app.web.nest.get(SaveReports, { strict: false });
    await saving.run();
    await hub.app.database.owner.query(`UPDATE journey_events SET superseded_at = '2026-11-18T10:30:00Z', correction_reason = 'Typed the wrong year' WHERE journey_id = $1 AND milestone = 'application'`, [mistaken]);
    hub.app.clock.set(new Date('2026-11-18T11:00:00Z'));
    await saving.run();
    await hub.app.database.owner.query(`UPDATE journeys SET initial_application_on = enquiry_on, stage = 'initial_application' WHERE id IN (SELECT id FROM journeys ORDER BY id LIMIT 5)`);
  });
  afterAll(() => hub.close());

  const signInAs = async (page: Page, role: 'analyst' | 'hub_manager'): Promise<void> => {
    const staff = await makeStaff(hub.app.database, role);
    await signIn(page, staff.email);
  };

  /** With SCREENSHOTS set to a folder, what was seen is kept there. */
  const seen = async (page: Page, name: string): Promise<void> => {
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${String(page.viewportSize()?.width ?? 0)}.png`, fullPage: true });
  };

  it('with pages that nothing is said against', async () => {
    const page = await hub.open();
    await signInAs(page, 'hub_manager');
    await page.goto('/staff/reports');
    await expectPage(page, 'Report of the hub');
    await seen(page, 'report');
    await page.goto('/staff/reports/saved');
    await expectPage(page, 'Saved reports');
    await seen(page, 'saved');
    await page.getByRole('link', { name: /^July to September 2026 .*The hub$/ }).click();
    await expectPage(page, /^The hub, July to September 2026/);
    await page.getByRole('heading', { name: 'What changed since the version before, and why' }).waitFor();
    await seen(page, 'saved-report');
    await page.goto('/staff/reports/saved/recipients');
    await expectPage(page, 'Who is told of saved reports');
    await page.goto('/staff/reports/year');
    await expectPage(page, 'The year 2026–27 as Ofsted counts it');
    await seen(page, 'year');
    await page.goto('/staff/reports/data-quality');
    await expectPage(page, 'Data quality');
    await seen(page, 'quality');
    await page.goto('/staff/reports/rows');
    await expectPage(page, 'Rows for analysis');
    await seen(page, 'rows');
    await page.goto('/staff/reports/export?what=year&from=2026-04-01');
    await expectPage(page, 'Take a report away');
    await seen(page, 'export');
  });

  it('writes, is asked what a file is for, and takes it away', async () => {
    const page = await hub.open();
    await signInAs(page, 'analyst');
    await page.goto('/staff/reports/saved');
    await page.getByRole('link', { name: /^October 2026.*Derby$/ }).click();
    await page.getByLabel('Write the commentary').fill('A quiet month.');
    await page.getByRole('button', { name: 'Keep the commentary' }).click();
    await page.getByText('The commentary is kept.').waitFor();
    await page.getByRole('link', { name: 'Take this report away as a file' }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    await expectPage(page, 'Take a report away');
    await page.getByRole('alert').getByText('Say what you need it for').waitFor();
    await page.getByLabel('Publication').check();
    await page.getByLabel('What do you need it for?').fill('The council’s website');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Make the file' }).click()]);
    expect(file.suggestedFilename()).toBe('month-derby-2026-10-01-version-1-for-publication.xlsx');
  });

  it('prints a saved report without what is only pressed', async () => {
    const page = await hub.open();
    await signInAs(page, 'analyst');
    await page.goto('/staff/reports/saved');
    await page.getByRole('link', { name: /^October 2026.*The hub$/ }).click();
    await page.getByRole('heading', { name: 'What was saved' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Keep the commentary' }).isVisible()).toBe(false);
    expect(await page.getByRole('table').first().isVisible()).toBe(true);
  });
});
