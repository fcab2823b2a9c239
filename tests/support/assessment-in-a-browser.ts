import type { Page } from 'playwright-core';
import { makeTeam, type Team } from './assessed-family';
import { type BrowserHub, expectPage, signIn } from './browser';

/** One window each for those who carry an assessment. */
export type Windows = Readonly<Record<keyof Team, Page>>;

/** The team, each signed in in a window of their own. */
export async function signedInTeam(hub: BrowserHub, known?: Team): Promise<{ readonly team: Team; readonly windows: Windows }> {
  const team = known ?? (await makeTeam(hub.app.database));
  const open = async (who: keyof Team): Promise<Page> => {
    const page = await hub.open();
    await signIn(page, team[who].email);
    return page;
  };
  return { team, windows: { worker: await open('worker'), manager: await open('manager'), administrator: await open('administrator'), decisionMaker: await open('decisionMaker'), member: await open('member') } };
}

/** Fills a form: text by label, radio buttons and boxes by their words, lists by value; then presses the button. */
export async function fillIn(page: Page, fields: Readonly<Record<string, string | true | { readonly option: string }>>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    if (value === true) await page.getByLabel(label, { exact: true }).check();
    else if (typeof value === 'string') await page.getByLabel(label, { exact: true }).fill(value);
    else await page.getByLabel(label, { exact: true }).selectOption(value.option);
  }
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** The first checks of the checklist, from asking for each to its outcome, by its links; axe looks at each kind of page once. */
export async function passChecksByHand(page: Page, heading: RegExp, howMany: number): Promise<void> {
  const looked = new Set<string>();
  const look = async (title: string): Promise<void> => {
    if (!looked.has(title)) await expectPage(page, title);
    looked.add(title);
  };
  for (let passed = 0; passed < howMany; passed += 1) {
    const ask = page.getByRole('link', { name: /^Ask for it/ }).first();
    await ask.click();
    await look('Ask for a check');
    const answers = page.getByLabel('Who answers it?');
    if ((await answers.count()) > 0) await answers.fill('Rose Referee');
    await page.getByRole('button', { name: 'Record that it was asked for' }).click();
    await page.getByRole('link', { name: 'It came in' }).click();
    await look('A check came in');
    await page.getByRole('button', { name: 'Record that it came in' }).click();
    await page.getByRole('link', { name: 'Record its outcome' }).click();
    await look('The outcome of a check');
    await page.getByLabel('Satisfactory', { exact: true }).check();
    await page.getByRole('button', { name: 'Record the outcome' }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
}
