import { type BrowserHub, expectPage, openHub } from '../support/browser';
import { makeStaff, PASSWORD } from '../support/staff';

const MINUTE = 60_000;

describe('a session ends while somebody types', () => {
  let hub: BrowserHub;
  beforeAll(async () => {
    hub = await openHub({ now: new Date() });
  });
  afterAll(() => hub.close());

  it('and without JavaScript, what was typed goes on after signing in again', async () => {
    const administrator = await makeStaff(hub.app.database, 'administrator');
    const page = await hub.open({ javaScript: false });
    await page.goto('/staff/sign-in?then=/staff/administration/closure-days');
    await page.getByLabel('Email address').fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2099-12-24');
    await page.getByLabel('Why').fill('Team day, "with" cake & tea');
    hub.app.clock.advance(61 * MINUTE);
    await page.getByRole('button', { name: 'Add this day' }).click();
    await expectPage(page, 'You were signed out');
    await page.getByLabel('Email address').fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'Sign in');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'You are signed in again');
    await page.getByRole('button', { name: 'Send what I typed' }).click();
    await expectPage(page, 'Closure days');
    expect(await page.getByRole('row', { name: /2099/ }).innerText()).toContain('Team day, "with" cake & tea');
  });

  it('but is warned five minutes before, and stays by one click', async () => {
    const officer = await makeStaff(hub.app.database, 'administrator');
    const page = await hub.open();
    await page.clock.install();
    await page.goto('/staff/sign-in?then=/staff/help');
    await page.getByLabel('Email address').fill(officer.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'Help');

    const later = async (minutes: number): Promise<void> => {
      hub.app.clock.advance(minutes * MINUTE);
      await page.clock.fastForward(minutes * MINUTE);
    };
    await later(54);
    expect(await page.getByRole('alert').count()).toBe(0);
    await later(2);
    await page.getByText('You will be signed out in 4 minutes.').waitFor();
    await expectPage(page, 'Help');
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByText('You will be signed out').waitFor({ state: 'detached' });
    await later(50);
    await page.reload();
    await expectPage(page, 'Help');
    await later(56);
    await page.getByText('You will be signed out in 4 minutes.').waitFor();
    await later(5);
    await page.getByText('You have been signed out.').waitFor();
  });
});
