import type { Page } from 'playwright-core';
import { type BrowserHub, expectPage, openHub } from '../support/browser';
import { named, receiveFamily } from '../support/received-family';
import { makeStaff, PASSWORD } from '../support/staff';

let hub: BrowserHub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub.close());

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh';

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/staff/worklist');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe.each([
  ['on a desktop', { width: 'desktop', javaScript: true }],
  ['on a telephone without JavaScript', { width: 'telephone', javaScript: false }],
] as const)('the daily work %s', (how, looking) => {
  it('answers a family from the worklist in three clicks, and hands it on', async () => {
    const lastName = `${LONG}-${String(how.length)}`;
    const family = await receiveFamily(hub.app.database, hub.app.clock.now(), { applicants: named('Maximiliane', lastName) });
    const officer = await makeStaff(hub.app.database, 'recruitment_officer');
    const worker = await makeStaff(hub.app.database, 'social_worker', 'derby');
    const page = await hub.open(looking);
    await signIn(page, officer.email);
    await expectPage(page, 'Worklist');

    const row = page.locator('li.hub-row', { hasText: lastName });
    await row.getByRole('button', { name: /^Log a call/ }).or(row.getByRole('link', { name: /^Log a call/ })).first().click();
    await expectPage(page, 'Worklist');
    await page.getByLabel('We spoke with them').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The conversation is logged.').waitFor();

    await page.goto(`/staff/families/${family.reference}`);
    await expectPage(page, `Maximiliane ${lastName}`);
    await page.getByText('First response, in time').waitFor();
    await page.getByRole('link', { name: 'Assign', exact: true }).click();
    await expectPage(page, 'Assign');
    await page.getByLabel('Social worker').selectOption(worker.staffId);
    await page.getByRole('button', { name: 'Assign' }).click();
    await page.getByText('The family is assigned.').waitFor();

    const theirs = await hub.open(looking);
    await signIn(theirs, worker.email);
    await expectPage(theirs, 'Worklist');
    await theirs.goto(`/staff/families/${family.reference}/move`);
    await expectPage(theirs, 'Move on');
    await theirs.getByRole('button', { name: 'Move on' }).click();
    await theirs.getByText('Initial application recorded.').waitFor();
    await expectPage(theirs, `Maximiliane ${lastName}`);
    await theirs.goto(`/staff/families/${family.reference}/move`);
    await theirs.getByLabel('On which day?').fill('2026-11-30');
    await theirs.getByRole('button', { name: 'Move on' }).click();
    await expectPage(theirs, 'Move on');
    await theirs.getByRole('link', { name: /30 November 2026 is in the future/ }).waitFor();
  });

  it('logs an enquiry after a look at who is known already', async () => {
    await receiveFamily(hub.app.database, hub.app.clock.now(), { applicants: named('Jessica', `Known-${String(how.length)}`, { phone: '+441154960177' }) });
    const officer = await makeStaff(hub.app.database, 'recruitment_officer');
    const page = await hub.open(looking);
    await signIn(page, officer.email);
    await page.getByRole('button', { name: 'Log an enquiry' }).or(page.getByRole('link', { name: 'Log an enquiry' })).first().click();
    await expectPage(page, 'Log an enquiry');
    await page.getByLabel('First name', { exact: true }).fill('Jess');
    await page.getByLabel('Last name', { exact: true }).fill(`Known-${String(how.length)}`);
    await page.getByLabel('Telephone', { exact: true }).fill('0115 496 0177');
    await page.getByRole('button', { name: 'Check' }).click();
    await expectPage(page, 'Log an enquiry');
    await page.getByLabel('None of these: a new household').check();
    await page.getByRole('button', { name: 'Log the enquiry' }).click();
    await expectPage(page, `Jess Known-${String(how.length)}`);
  });
});

test('every page of the daily work holds at both widths, empty and full', async () => {
  const family = await receiveFamily(hub.app.database, hub.app.clock.now(), { applicants: [...named('Maximiliane', LONG), ...named('Bartholomew', LONG)], suspicions: [] });
  const manager = await makeStaff(hub.app.database, 'hub_manager');
  const page = await hub.open();
  await signIn(page, manager.email);
  const forms: readonly (readonly [string, string])[] = [
    ['contact', 'Log a call or message'], ['note', 'Add a note'], ['hold', 'Put on hold'], ['close', 'Close without approval'], ['route', 'Route to another council'], ['kinship', 'Mark as kinship'],
    ['safeguarding', 'Mark a safeguarding concern'], ['correct', 'Correct a date'], ['merge', 'Merge with another journey'], ['people', 'Change the applicants'], ['home', 'Change the home'], ['members', 'Add somebody who lives there'], ['resume', 'Bring back from hold'],
  ];
  for (const [form, heading] of forms) {
    await page.goto(`/staff/families/${family.reference}/${form}`);
    await expectPage(page, heading);
  }
  for (const [path, heading] of [['/staff/worklist?text=nobody', 'Worklist'], ['/staff/worklist?group=held', 'On hold'], ['/staff/worklist/loads', 'Who has how much'], ['/staff/pipeline', 'Pipeline'], ['/staff/search', 'Families'], ['/staff/search?text=maximiliane', 'Families like “maximiliane”'], ['/staff/held', 'Suspected spam']] as const) {
    await page.goto(path);
    await expectPage(page, heading);
  }
  const other = await receiveFamily(hub.app.database, hub.app.clock.now(), { applicants: named('Maxi', LONG, { email: `maximiliane.${LONG.toLowerCase()}@example.org` }) });
  await page.goto(`/staff/families/${family.reference}/merge`);
  await page.getByLabel('Reference of the other journey').fill(other.reference);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('The same household?').waitFor();
  await expectPage(page, 'Merge with another journey');
  await page.goto(`/staff/families/${family.reference}/close`);
  await page.getByRole('button', { name: 'Close' }).click();
  await expectPage(page, 'Close without approval');
  await page.getByRole('link', { name: 'Choose who ended it and why' }).waitFor();
});
