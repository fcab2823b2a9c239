import type { Page } from 'playwright-core';
import { type BrowserHub, expectPage, focusOf, openHub } from '../support/browser';

let hub: BrowserHub;
beforeAll(async () => {
  hub = await openHub();
});
afterAll(() => hub.close());

/** Answers the nine questions with what a person types and ticks, looking at every page. */
async function answerEverything(page: Page, firstName: string): Promise<void> {
  const next = (): Promise<void> => page.getByRole('button', { name: 'Continue' }).click();
  await expectPage(page, 'What is your name?');
  await page.getByLabel('First name', { exact: true }).fill(firstName);
  await next();
  await expectPage(page, 'How can we reach you?');
  await page.getByLabel('Telephone number').fill('0115 496 0123');
  await page.getByLabel('Ring me').check();
  await next();
  await expectPage(page, 'What is your postcode?');
  await page.getByLabel('What is your postcode?').fill('DE1 9ZZ');
  await next();
  await expectPage(page, 'Do you have a spare bedroom?');
  await page.getByLabel('Not sure').check();
  await next();
  await expectPage(page, 'Do you foster now, or have you fostered before?');
  await page.getByLabel('No', { exact: true }).check();
  await next();
  await expectPage(page, 'What kind of fostering interests you?');
  await page.getByLabel('Teenagers').check();
  await next();
  await expectPage(page, 'How did you hear about us?');
  await page.getByLabel('In another way').check();
  await page.getByLabel('Where did you hear about us? (optional)').fill('On a bench');
  await next();
  await expectPage(page, 'Is there anything else you want to tell us or ask?');
  await next();
  await expectPage(page, 'Your information');
  expect(await page.getByRole('checkbox').isChecked()).toBe(false);
  await next();
  await expectPage(page, 'Check your answers');
}

describe.each([
  ['on a telephone without JavaScript', { width: 'telephone', javaScript: false }],
  ['on a desktop', { width: 'desktop', javaScript: true }],
] as const)('a person enquires %s', (how, looking) => {
  it('from the start page to the reference', async () => {
    const page = await hub.open(looking);
    await page.goto('/');
    await page.getByRole('button', { name: 'Ask about fostering' }).click();
    await answerEverything(page, `Priya ${how}`);

    await page.getByRole('link', { name: 'Change whether you have a spare bedroom' }).click();
    await page.getByLabel('Yes').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectPage(page, 'Check your answers');

    await page.getByRole('button', { name: 'Send my enquiry' }).click();
    await expectPage(page, 'We have your enquiry');
    expect(await page.getByText(/FEM-\w{4}-\w{4}/).innerText()).toMatch(/FEM-\w{4}-\w{4}/);
    await page.getByText('by Thursday 19 November 2026 at 5pm').waitFor();

    await page.goBack();
    await page.goto('/enquire/check');
    await expectPage(page, 'We have your enquiry');
    const { rows } = await hub.app.database.owner.query<{ count: number }>('SELECT count(*)::int AS count FROM households WHERE name = $1', [`Priya ${how}`]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('is told what is missing, and finds every word again', async () => {
    const page = await hub.open(looking);
    await page.goto('/enquire');
    await page.getByLabel('Last name', { exact: true }).fill('Shah');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectPage(page, 'What is your name?');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Last name', { exact: true }).inputValue()).toBe('Shah');
    if (looking.javaScript) expect((await focusOf(page)).classes).toContain('govuk-error-summary');
    await page.getByRole('link', { name: 'Enter your first name' }).click();
    await page.keyboard.type('Priya');
    expect(await page.getByLabel('First name', { exact: true }).inputValue()).toBe('Priya');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectPage(page, 'How can we reach you?');
    await page.goBack();
    await page.goBack();
    await page.goForward();
    await page.goto('/enquire');
    await expectPage(page, 'You have begun an enquiry');
    await page.getByRole('button', { name: 'Carry on' }).click();
    await expectPage(page, 'How can we reach you?');
  });
});

it('a person enquires by keyboard alone', async () => {
  const page = await hub.open();
  await page.goto('/enquire');
  const tabTo = async (label: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await focusOf(page)).words === label) return;
    }
    throw new Error(`The keyboard never reached "${label}"`);
  };
  const arriveAt = (heading: string): Promise<void> => page.getByRole('heading', { level: 1, name: heading }).waitFor();
  const press = async (key: string): Promise<void> => page.keyboard.press(key);

  await press('Tab');
  expect((await focusOf(page)).words).toBe('Skip to main content');
  await press('Enter');
  await tabTo('First name');
  await page.keyboard.type('Keyboard');
  await press('Enter');
  await arriveAt('How can we reach you?');
  await tabTo('Email address');
  await page.keyboard.type('keyboard@example.org');
  await press('Enter');
  await arriveAt('What is your postcode?');
  await tabTo('What is your postcode?');
  await page.keyboard.type('DE1 9ZZ');
  await press('Enter');
  for (const [question, choice] of [
    ['Do you have a spare bedroom?', 'Yes'],
    ['Do you foster now, or have you fostered before?', 'No'],
    ['What kind of fostering interests you?', 'Teenagers'],
  ] as const) {
    await arriveAt(question);
    await tabTo(choice);
    await press('Space');
    await tabTo('Continue');
    await press('Enter');
  }
  for (const question of ['How did you hear about us?', 'Is there anything else you want to tell us or ask?', 'Your information']) {
    await arriveAt(question);
    await tabTo('Continue');
    await press('Enter');
  }
  await arriveAt('Check your answers');
  await tabTo('Send my enquiry');
  await press('Enter');
  await expectPage(page, 'We have your enquiry');
});
