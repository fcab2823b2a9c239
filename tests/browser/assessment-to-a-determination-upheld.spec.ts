import { addDays, localDateOf } from '@app/kernel';
import { applied, assessed, hubOf, recommended, withPapers } from '../support/assessed-family';
import { fillIn, signedInTeam } from '../support/assessment-in-a-browser';
import { type BrowserHub, expectPage, openHub } from '../support/browser';

describe('a family that the panel does not recommend', () => {
  let hub: BrowserHub;
  beforeAll(async () => {
    hub = await openHub();
  });
  afterAll(() => hub.close());

  it('is told of a qualifying determination, answers to the review, and the determination is upheld', async () => {
    const cases = hubOf(hub.app);
    const { team, windows: first } = await signedInTeam(hub);
    const today = () => localDateOf(hub.app.clock.now());
    const journey = await applied(cases, team, 'Marlowe');
    await assessed(cases, team, journey);
    const file = `/staff/families/${journey.reference}/assessment`;
    await first.worker.goto(`${file}/report/family`);
    await expectPage(first.worker, 'The family and how it came together');
    await recommended(cases, team, journey, await withPapers(cases, team, journey), 'not_approve');

    const { windows } = await signedInTeam(hub, team);
    const { decisionMaker, administrator, worker } = windows;
    await decisionMaker.goto('/staff/decisions');
    await decisionMaker.getByRole('link', { name: /Marlowe/ }).click();
    await decisionMaker.getByRole('link', { name: 'Qualifying determination' }).click();
    await expectPage(decisionMaker, 'Qualifying determination');
    await fillIn(decisionMaker, { Reasons: 'For the reasons in the minutes' }, 'Record the determination');
    await expectPage(decisionMaker, /^Assessment of/);
    await decisionMaker.getByRole('heading', { name: 'Tell the family' }).waitFor();

    await administrator.goto(`${file}/represent`);
    await expectPage(administrator, 'The family answered');
    await fillIn(administrator, { 'To the Independent Review Mechanism': true, 'On which day was it received?': addDays(today(), 3) }, 'Record the representations');
    await expectPage(administrator, 'The family answered');
    await fillIn(administrator, { 'On which day was it received?': today() }, 'Record the representations');
    await administrator.getByRole('link', { name: 'Papers to the Independent Review Mechanism' }).click();
    await fillIn(administrator, {}, 'Record it');
    await administrator.getByRole('link', { name: 'What the review recommends' }).click();
    await fillIn(administrator, { 'What does it recommend?': 'The service was right.' }, 'Record it');

    await decisionMaker.goto(`${file}/uphold`);
    await expectPage(decisionMaker, 'Uphold the determination');
    await fillIn(decisionMaker, { Reasons: 'The review agreed' }, 'Do not approve');
    await expectPage(decisionMaker, /^Assessment of/);
    await decisionMaker.getByText('It recommends: The service was right.').waitFor();
    await worker.goto(`/staff/families/${journey.reference}`);
    await worker.getByText('Closed', { exact: true }).first().waitFor();
  });
});
