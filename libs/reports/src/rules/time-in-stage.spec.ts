import { timeInStages } from './time-in-stage';

describe('the time in each stage', () => {
  it('counts those still there for as long as they have been, instead of leaving them out', () => {
    // Six came: one leaves on day 2 and one on day 4, so that two thirds stay; three are last seen on day 5; the last one leaves on day 6.
    const [enquiry, application] = timeInStages([
      { stage: 'enquiry', days: 2, end: 'onward', count: 1 }, { stage: 'enquiry', days: 4, end: 'closed', count: 1 },
      { stage: 'enquiry', days: 6, end: 'onward', count: 1 }, { stage: 'enquiry', days: 5, end: 'open', count: 3 },
    ]);
    expect(enquiry).toMatchObject({ stage: 'enquiry', came: 6, wentOn: 2, closed: 1, open: 3, quartiles: [{ days: 4 }, { days: 6 }, { days: 6 }] });
    expect(application).toMatchObject({ came: 0, quartiles: [null, null, null] });
  });
});
