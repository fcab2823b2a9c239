import { errorWithoutPeople, withoutPeople } from './error-without-people';

describe('an error in the log', () => {
  it('keeps its kind, code and place, and loses what people typed', () => {
    const error = Object.assign(new Error('duplicate key: Key (email)=(jo@example.org) already exists'), { code: '23505', constraint: 'staff_email', detail: 'jo@example.org' });
    const logged = JSON.stringify(errorWithoutPeople(error));
    expect(logged).toContain('23505');
    expect(logged).toContain('staff_email');
    expect(logged).toContain('error-without-people.spec');
    expect(logged).not.toContain('jo@example.org');
  });

  it('loses addresses that stand outside quotes', () => {
    expect(withoutPeople('550 No such user jo@example.org here')).toBe('550 No such user … here');
  });
});
