import { isHeld, suspicionsOf } from './screening';

describe('screening an enquiry', () => {
  it('holds what a person could not have sent', () => {
    expect(isHeld(['honeypot'])).toBe(true);
    expect(isHeld(['many_from_address'])).toBe(true);
  });

  it('only flags a quick person, and a person who sends a link', () => {
    expect(isHeld(['too_fast'])).toBe(false);
    expect(isHeld(['links_in_message'])).toBe(false);
    expect(isHeld([])).toBe(false);
  });

  it('holds links that were sent faster than anybody types', () => {
    expect(isHeld(suspicionsOf(['too_fast'], 'Look at https://example.org'))).toBe(true);
  });

  it('sees links however they are written', () => {
    expect(suspicionsOf([], 'see WWW.example.org')).toEqual(['links_in_message']);
    expect(suspicionsOf([], 'We have two spare rooms.')).toEqual([]);
    expect(suspicionsOf([], null)).toEqual([]);
  });
});
