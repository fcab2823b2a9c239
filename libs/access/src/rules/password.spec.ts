import { passwordRefusal } from './password';

const refusalOf = (password: string): string | null => passwordRefusal(password, 'robin.example@example.org');

describe('a password', () => {
  it.each(['kettle-violin-harbour', 'lantern orchard thirteen', 'grün wie der Wald im Mai', 'alllowercaseandlong', '🦊🐻🐼🦁🐸🐙🦉🦄🐝🐢🦋🐬'])('needs no capitals, digits or signs: %s', (password) => {
    expect(refusalOf(password)).toBeNull();
  });

  it('has twelve characters at least, counted as people see them', () => {
    expect(refusalOf('elevenchars')).toBe('too_short');
    expect(refusalOf('🦊🐻🐼🦁🐸🐙')).toBe('too_short');
    expect(refusalOf('twelve chars')).toBeNull();
  });

  it('has no more characters than is sensible to hash', () => {
    expect(refusalOf('ab cd'.repeat(40))).toBeNull();
    expect(refusalOf('ab cd'.repeat(41))).toBe('too_long');
  });

  it.each(['robin.example@example.org', 'Robin.Example@EXAMPLE.org', 'Robin-Example'])('is not the own address: %s', (password) => {
    expect(refusalOf(password)).toBe('is_the_email');
  });

  it.each(['password1234', 'PasswordPassword', 'Password-1234!', 'qwertyuiop12', '123456789012', 'letmeinplease', 'fosterforeastmidlands', 'nottinghamforest1865', 'aaaaaaaaaaaa', 'abababababab', 'correct horse battery staple'])('is not what everybody tries first: %s', (password) => {
    expect(refusalOf(password)).toBe('too_common');
  });

  it('is the same however a keyboard composes its letters', () => {
    expect(refusalOf('Caf\u00e9 im Regen')).toBe(refusalOf('Cafe\u0301 im Regen'));
  });
});
