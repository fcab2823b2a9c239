import type { Page } from 'playwright-core';
import { applied, assessed, hubOf, makeTeam, recommended, withPapers } from '../support/assessed-family';
import { fillIn } from '../support/assessment-in-a-browser';
import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';
import { makeCarer } from '../support/registered-carer';
import { makeStaff } from '../support/staff';

const SHOTS = process.env.SCREENSHOTS;

describe('an approved family joins a constellation', () => {
  let hub: BrowserHub;
  beforeAll(async () => {
    hub = await openHub();
  });
  afterAll(() => hub.close());

  const picture = async (page: Page, name: string): Promise<void> => {
    if (!SHOTS) return;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: `${SHOTS}/${name}-1280.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${SHOTS}/${name}-390.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  it('from the decision to the month’s report', async () => {
    const { app } = hub;
    const database = app.database;
    const liaison = await makeStaff(database, 'liaison_worker', 'derby');
    const hubHome = await makeCarer(database, 'derby', { name: 'Priya and Sam Hubhome' });
    const now = app.clock.now();
    app.clock.set(new Date('2026-08-10T10:00:00Z'));
    const [cases, team] = [hubOf(hub.app), await makeTeam(database)];
    const family = await applied(cases, team, 'Featherstone');
    await assessed(cases, team, family);
    await recommended(cases, team, family, await withPapers(cases, team, family));
    app.clock.set(now);

    const decides = await hub.open();
    await signIn(decides, team.decisionMaker.email);
    await decides.goto('/staff/decisions');
    await decides.getByRole('link', { name: 'Ann and Ben Featherstone' }).click();
    await decides.goto(`/staff/families/${family.reference}/assessment/approve`);
    await fillIn(decides, { 'How many children?': '2', 'Youngest age': '0', 'Oldest age': '10', 'Short-term': true, 'Day of the decision': '2026-09-08', Reasons: 'As recommended' }, 'Approve');
    await decides.getByText('2 children of 0 to 10 years; short-term.').waitFor();

    const page = await hub.open();
    await signIn(page, team.worker.email);
    await page.goto(`/staff/families/${family.reference}`);
    await page.getByRole('link', { name: 'The register of approved carers' }).click();
    await expectPage(page, 'Put on the register');
    await page.getByLabel('Foster care agreement signed on').fill('2026-09-10');
    await page.getByLabel('Beds for children').fill('2');
    // The terms are those of the decision.
    expect([await page.getByLabel('How many children').inputValue(), await page.getByLabel('Up to the age of').inputValue(), await page.getByLabel('Short-term').isChecked()]).toEqual(['2', '10', true]);
    await page.getByRole('button', { name: 'Put on the register' }).click();
    await expectPage(page, 'Ann and Ben Featherstone');
    await picture(page, 'carer');
    await page.goto('/staff/carers');
    await expectPage(page, 'Approved carers');
    await picture(page, 'carers');

    const there = await hub.open();
    await signIn(there, liaison.email);
    await there.goto('/staff/constellations/start');
    await there.getByLabel('Name').fill('Willow');
    await there.getByLabel('Area').fill('Allestree');
    await there.getByLabel('First day').fill('2026-01-01');
    await there.getByLabel('Hub home').selectOption({ value: hubHome.id });
    await expectPage(there, 'Start a constellation');
    await there.getByRole('button', { name: 'Start the constellation' }).click();
    await expectPage(there, 'Willow');
    const address = new URL(there.url()).pathname;
    const constellationId = address.split('/').at(-1) ?? '';
    for (let index = 0; index < 6; index += 1) {
      const { id } = await makeCarer(database, 'derby');
      await database.owner.query(`INSERT INTO constellation_memberships (id, constellation_id, carer_id, role, held, recorded_at, recorded_by) VALUES (gen_random_uuid(), $1, $2, 'satellite', daterange($3, $4), now(), 'system:tests')`, [constellationId, id, '2026-02-01', index === 0 ? '2026-10-20' : null]);
    }

    await there.goto(`${address}/join`);
    const choice = there.getByLabel('Family', { exact: true });
    await choice.selectOption((await choice.locator('option', { hasText: 'Ann and Ben Featherstone' }).getAttribute('value')) ?? '');
    await there.getByLabel('Joins on').fill('2026-10-01');
    await expectPage(there, 'A family joins');
    await there.getByRole('button', { name: 'Add the family' }).click();
    await expectPage(there, 'Willow');
    await there.getByRole('link', { name: 'Ann and Ben Featherstone' }).waitFor();

    await there.getByRole('link', { name: 'Plan or record a sleepover or day care' }).click();
    await there.getByLabel('Family', { exact: true }).selectOption({ label: 'Ann and Ben Featherstone' });
    await there.getByLabel('Reference of the child').fill('CH-20481');
    await there.getByLabel('First day').fill('2026-11-20');
    await expectPage(there, 'Plan or record a sleepover or day care');
    await there.getByRole('button', { name: 'Save the stay' }).click();
    await there.getByText('Sleepover, 2 nights, planned').waitFor();

    await there.getByRole('link', { name: 'Plan or record an activity' }).click();
    await there.getByLabel('Monthly meeting').check();
    await there.getByLabel('What it is').fill('December meeting');
    await there.getByLabel('Day').fill('2026-12-02');
    await there.getByLabel('Place').fill('The hub home');
    await there.getByRole('button', { name: 'Save the activity' }).click();
    await there.getByRole('link', { name: 'December meeting' }).click();
    await there.getByRole('button', { name: 'Invite by email' }).click();
    await expectPage(there, 'December meeting');
    const { rows } = await database.owner.query<{ body: string }>(`SELECT body FROM emails WHERE kind = 'constellation_invitation' AND to_address = 'ann.featherstone@example.org'`);
    const link = /\/reply\/\S+/.exec(rows[0]?.body ?? '')?.[0] ?? '';

    const atHome = await hub.open({ width: 'telephone', javaScript: false });
    await atHome.goto(link);
    await atHome.getByLabel('Yes, we will come').check();
    await atHome.getByRole('button', { name: 'Send the answer' }).click();
    await atHome.getByText('Thank you. We have your answer').waitFor();
    const seen = await hub.open();
    await seen.goto(link);
    await expectPage(seen, 'December meeting');
    await picture(seen, 'reply');

    await there.reload();
    await there.getByText('Ann and Ben Featherstone: Yes, we will come').waitFor();
    await there.goto(address);
    await expectPage(there, 'Willow');
    await picture(there, 'constellation');
    await there.goto(`${address}/reports/2026-10`);
    await there.getByLabel('What went well').fill('A new family joined.');
    await there.getByRole('button', { name: 'Save the words' }).click();
    await expectPage(there, 'Report for October 2026');
    await there.getByLabel('Hub home carer, as signed').fill('Priya Hubhome');
    await there.getByRole('button', { name: 'Record the signature of the hub home' }).click();
    await there.getByRole('button', { name: 'Sign as liaison worker' }).click();
    await expectPage(there, 'Report for October 2026');
    await there.emulateMedia({ media: 'print' });
    await there.getByText('A new family joined.').waitFor();
    expect(await there.getByRole('navigation').first().isVisible()).toBe(false);
    await picture(there, 'report-print');
    expect((await there.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await there.emulateMedia({ media: 'screen' });
    await there.goto(`${address}/achievements`);
    await expectPage(there, 'What Willow achieves');
    await picture(there, 'achievements');

    const analyst = await makeStaff(database, 'analyst');
    const figures = await hub.open();
    await signIn(figures, analyst.email);
    await figures.goto('/staff/carers/need');
    await expectPage(figures, 'What children need, and what carers offer');
    await picture(figures, 'need');
  });
});
