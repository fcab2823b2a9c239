import { readWorklistAddress, worklistQuery } from './worklist-address';

const someone = '0198a000-0000-7000-8000-00000000000a';

describe('the address of the worklist', () => {
  it('keeps every filter', () => {
    const query = { whose: 'nobodys', authority: 'unrouted', stage: 'home_visit', channel: 'event', source: 'Radio', text: 'okafor', group: 'overdue', after: `2026-11-18T10:00:00.000Z~${someone}`, open: 'FEM-1', do: 'contact' };
    expect(worklistQuery(readWorklistAddress(query, 'everybodys'), 'everybodys')).toEqual(query);
  });

  it('leaves out what it does not know', () => {
    const address = readWorklistAddress({ whose: 'the neighbour', authority: 'leicester', stage: ['enquiry'], group: 'x', after: 'x~y', open: 'FEM-1', do: 'delete' }, 'mine_or_nobodys');
    expect(address).toEqual({ filters: { whose: 'mine_or_nobodys' }, group: null, after: null, open: null });
  });

  it('knows colleagues by their id, and leaves out what is usual for the reader', () => {
    expect(readWorklistAddress({ whose: someone }, 'everybodys').filters.whose).toEqual({ staffId: someone });
    expect(worklistQuery(readWorklistAddress({}, 'everybodys'), 'everybodys')).toEqual({});
    expect(worklistQuery(readWorklistAddress({ whose: 'mine' }, 'everybodys'), 'everybodys')).toEqual({ whose: 'mine' });
  });
});
