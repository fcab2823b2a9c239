import { addDays, localDateOf } from '@app/kernel';
import { applied, hubOf, passChecks } from '../support/assessed-family';
import { fillIn, passChecksByHand, signedInTeam } from '../support/assessment-in-a-browser';
import { type BrowserHub, expectPage, openHub, signIn } from '../support/browser';

describe('two applicants and their lodger', () => {
  let hub: BrowserHub;
  beforeAll(async () => {
    hub = await openHub();
  });
  afterAll(() => hub.close());

  it('go from application to approval with terms', async () => {
    const { team, windows } = await signedInTeam(hub);
    const { worker, manager, administrator, decisionMaker, member } = windows;
    const today = () => localDateOf(hub.app.clock.now());
    const journey = await applied(hubOf(hub.app), team, 'Fenwick-Blythe');
    const { reference } = journey;
    const file = `/staff/families/${reference}/assessment`;
    const heading = /^Assessment of Ann and Ben/;

    await worker.goto('/staff/caseload');
    await expectPage(worker, 'Caseload');
    await worker.getByRole('link', { name: 'Ann and Ben Fenwick-Blythe' }).click();
    await expectPage(worker, heading);
    await worker.getByRole('link', { name: /What the checklist needs to know of Lee/ }).click();
    await expectPage(worker, 'What the checklist needs to know');
    await fillIn(worker, { 'Date of birth': '1990-05-05' }, 'Save');
    await passChecksByHand(worker, heading, 3);
    // The many others of a couple and their lodger go the same way, without the browser.
    await passChecks(hubOf(hub.app), team, journey);
    await worker.reload();
    await worker.getByRole('link', { name: /^Enhanced DBS check/ }).first().click();
    await expectPage(worker, /^Enhanced DBS check of/);

    await manager.goto(`${file}/stage-1-outcome`);
    await expectPage(manager, 'Decide stage 1');
    await fillIn(manager, { 'They go on': true }, 'Record the outcome');
    await worker.goto(`${file}/stage-1-letter`);
    await fillIn(worker, {}, 'Record it');
    await worker.goto(`${file}/stage-2-start`);
    await expectPage(worker, 'Start stage 2');
    await fillIn(worker, {}, 'Start stage 2');

    await worker.goto(`${file}/session-plan`);
    await expectPage(worker, 'Plan a session');
    await fillIn(worker, { 'Skills to Foster': true, Day: addDays(today(), -1), Place: 'The hub' }, 'Plan it');
    await worker.getByRole('link', { name: /^Did it take place/ }).click();
    await fillIn(worker, { Yes: true, 'Ann Fenwick-Blythe': true, 'Ben Fenwick-Blythe': true }, 'Record it');
    const sections = await Promise.all((await worker.locator('.hub-sections a').all()).map(async (link) => (await link.getAttribute('href')) ?? ''));
    for (const [place, section] of sections.entries()) {
      await worker.goto(section);
      if (place === 0) await expectPage(worker, 'The family and how it came together');
      await fillIn(worker, { 'What the report says': 'They have a warm, busy home.', 'This section is ready': true }, 'Save');
    }
    await worker.goto(`${file}/report-share`);
    await fillIn(worker, { 'Yes, open the report to the applicants': true }, 'Share it');
    await worker.goto(`${file}/applicant-link`);
    await expectPage(worker, 'An applicant’s own page');
    await fillIn(worker, { 'Ann Fenwick-Blythe': true }, 'Send the link');

    const mail = async (kind: string): Promise<string> => (await hub.app.database.owner.query<{ body: string }>('SELECT body FROM emails WHERE kind = $1', [kind])).rows[0]?.body ?? '';
    const ann = await hub.open({ width: 'telephone' });
    await ann.goto(new URL(/https?:\S+/.exec(await mail('applicant_link'))?.[0] ?? '').pathname);
    await expectPage(ann, 'Your own page');
    await ann.getByRole('button', { name: 'Send me a code' }).click();
    await expectPage(ann, 'Enter the code');
    await fillIn(ann, { Code: /\d{4} \d{4}/.exec(await mail('applicant_code'))?.[0] ?? '' }, 'Open my page');
    await expectPage(ann, 'Your assessment, Ann');
    await fillIn(ann, { 'Your comment': 'We moved here in 2011.' }, 'Send my comment');
    await expectPage(ann, 'Your assessment, Ann');

    await worker.goto(`${file}/stage-2-end`);
    await expectPage(worker, 'Finish stage 2');
    await fillIn(worker, {}, 'Finish it');
    await expectPage(worker, heading);

    await administrator.goto('/staff/panels');
    await expectPage(administrator, 'Panels');
    await fillIn(administrator, { Day: addDays(today(), 21), Place: 'The Council House' }, 'Arrange the panel');
    await expectPage(administrator, /^Panel of/);
    const panel = new URL(administrator.url()).pathname;
    await fillIn(administrator, { Member: { option: team.member.staffId }, As: { option: 'independent' } }, 'Seat them');
    await administrator.getByRole('link', { name: 'Ann and Ben Fenwick-Blythe' }).click();
    await expectPage(administrator, 'Put on a panel’s agenda');
    await administrator.getByRole('radio').first().check();
    await administrator.getByRole('button', { name: 'Put on the agenda' }).click();
    await administrator.goto(panel);
    await administrator.getByRole('link', { name: /^Send the papers/ }).click();
    await fillIn(administrator, {}, 'The papers are sent');
    await expectPage(administrator, /^Panel of/);

    await member.goto(panel);
    await member.getByRole('link', { name: 'Ann and Ben Fenwick-Blythe' }).click();
    await expectPage(member, 'Ann and Ben Fenwick-Blythe');
    await member.getByText('We moved here in 2011.').waitFor();

    hub.app.clock.set(new Date(`${addDays(today(), 21)}T16:00:00Z`));
    await signIn(administrator, team.administrator.email);
    await administrator.goto(panel);
    await expectPage(administrator, /^Panel of/);
    await administrator.getByRole('link', { name: /^What the panel recommends/ }).click();
    await expectPage(administrator, 'What the panel recommends');
    await fillIn(administrator, { Approve: true, Reasons: 'A warm home, well assessed' }, 'Record the recommendation');
    await fillIn(administrator, {}, 'The minutes are agreed');
    await expectPage(administrator, /^Panel of/);

    await signIn(decisionMaker, team.decisionMaker.email);
    await decisionMaker.goto('/staff/decisions');
    await expectPage(decisionMaker, 'Decisions');
    await decisionMaker.goto(`${file}/approve`);
    await expectPage(decisionMaker, 'Approve, with terms');
    await fillIn(decisionMaker, { 'How many children?': '4', 'Oldest age': '10', 'Short-term': true, Reasons: 'As recommended' }, 'Approve');
    await expectPage(decisionMaker, 'Approve, with terms');
    await fillIn(decisionMaker, { 'All the children are siblings': true }, 'Approve');
    await expectPage(decisionMaker, heading);
    await decisionMaker.getByText('4 children of 0 to 10 years; short-term; above the usual limit for siblings.').waitFor();
    await decisionMaker.goto(`${file}/told`);
    await fillIn(decisionMaker, { Orally: true }, 'Record it');
    await decisionMaker.goto('/staff/decisions');
    await expectPage(decisionMaker, 'Decisions');
  });
});
