import { Complaints } from './complaints';

describe('complaints of one kind', () => {
  it('are heard once while they go on, and again after a minute', () => {
    const said: string[] = [];
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const complaints = new Complaints({ warn: (text: string) => said.push(text) }, 'The queue');
    for (const at of [0, 1_000, 59_999]) {
      now.mockReturnValue(at);
      complaints.hear(new Error('connection refused'));
    }
    complaints.hear(new Error('another'));
    now.mockReturnValue(60_000);
    complaints.hear(new Error('connection refused'));
    now.mockRestore();
    expect(said).toEqual(['The queue: connection refused', 'The queue: another', 'The queue: connection refused']);
  });
});
