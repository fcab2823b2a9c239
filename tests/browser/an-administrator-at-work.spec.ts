import { type BrowserHub, expectPage, openHub } from '../support/browser';
import { makeStaff, PASSWORD } from '../support/staff';

const ROOT = '/staff/administration';

describe('an administrator at work', () => {
  let hub: BrowserHub;
  beforeAll(async () => {
    hub = await openHub({ now: new Date() });
  });
  afterAll(() => hub.close());

  it('invites a colleague, who chooses a password and is at home; no page holds anything against anybody', async () => {
    const administrator = await makeStaff(hub.app.database, 'administrator');
    const page = await hub.open();
    await page.goto('/staff');
    await expectPage(page, 'Sign in');
    await page.getByLabel('Email address').fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'Sign in');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'Administration');

    await page.getByRole('link', { name: 'Staff and roles' }).click();
    await expectPage(page, 'Staff and roles');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expectPage(page, 'Invite somebody');
    await page.getByLabel('Name', { exact: true }).fill('Sam With-A-Very-Long-Double-Barrelled-Name of Somewhere-upon-Trent');
    await page.getByLabel('Email address').fill('sam.newcomer@example.org');
    await page.getByLabel('Role').selectOption('social_worker');
    await page.getByLabel('For').selectOption('derby');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expectPage(page, /^Sam With/);
    await page.getByRole('link', { name: /leaves$/ }).click();
    await expectPage(page, /leaves$/);

    const mail = await hub.app.database.owner.query<{ body: string }>(`SELECT body FROM emails WHERE to_address = 'sam.newcomer@example.org'`);
    const link = new URL(/https?:\S+/.exec(mail.rows[0]?.body ?? '')?.[0] ?? '').pathname;
    const own = await hub.open({ width: 'telephone' });
    await own.goto(link);
    await expectPage(own, 'Choose your password');
    await own.getByLabel('New password').fill('short');
    await own.getByRole('button', { name: 'Save the password' }).click();
    await expectPage(own, 'Choose your password');
    await own.getByLabel('New password').fill('lantern-orchard-thirteen');
    await own.getByRole('button', { name: 'Save the password' }).click();
    await expectPage(own, 'Sign in');
    await own.getByLabel('Email address').fill('sam.newcomer@example.org');
    await own.getByLabel('Password', { exact: true }).fill('lantern-orchard-thirteen');
    await own.getByRole('button', { name: 'Sign in' }).click();
    await own.goto('/staff/help');
    await expectPage(own, 'Help');
    await own.goto(`${ROOT}/staff`);
    await expectPage(own, 'This page is not here');
    await own.goto(link);
    await expectPage(own, 'This link does not work any more');
  });

  it('finds every page of settings, tokens and the trail in order, empty and with mistakes in them', async () => {
    const administrator = await makeStaff(hub.app.database, 'administrator');
    const page = await hub.open();
    await page.goto(`/staff/sign-in?then=${ROOT}/time-limits`);
    await page.getByLabel('Email address').fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectPage(page, 'Time limits');
    await page.getByRole('button', { name: 'Add this limit' }).click();
    await expectPage(page, 'Time limits');

    await page.goto(`${ROOT}/authorities`);
    await expectPage(page, 'Authorities');
    await page.getByRole('link', { name: 'Derby City Council' }).click();
    await expectPage(page, 'Derby');
    await page.getByLabel('Telephone', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'Save' }).click();
    await expectPage(page, 'Derby');

    await page.goto(`${ROOT}/opening-hours`);
    await page.getByRole('group', { name: 'Monday' }).getByLabel('Opens').fill('');
    await page.getByRole('button', { name: 'Save these hours' }).click();
    await expectPage(page, 'Opening hours');
    await page.goto(`${ROOT}/closure-days`);
    await page.getByRole('button', { name: 'Add this day' }).click();
    await expectPage(page, 'Closure days');
    await page.goto(`${ROOT}/postcodes`);
    await expectPage(page, 'Postcodes');

    await page.goto(`${ROOT}/websites`);
    await page.getByRole('button', { name: 'Give a token' }).click();
    await expectPage(page, 'Websites');
    await page.getByLabel('Whose website or program is it?').fill('Derby’s website');
    await page.getByLabel('Send enquiries').check();
    await page.getByRole('button', { name: 'Give a token' }).click();
    await expectPage(page, 'The token of Derby’s website');
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await expectPage(page, 'Websites');

    await page.goto(`${ROOT}/audit`);
    await expectPage(page, 'Audit');
    await page.goto(`${ROOT}/audit?about=nothing`);
    await expectPage(page, 'Audit');
  });

  it('can find a new password, with no JavaScript either', async () => {
    const page = await hub.open({ javaScript: false });
    await page.goto('/staff/sign-in');
    await page.getByRole('link', { name: 'I do not know my password' }).click();
    await expectPage(page, 'Choose a new password');
    await page.getByLabel('Email address').fill('nobody@example.org');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await expectPage(page, 'Look into your mail');
  });
});
