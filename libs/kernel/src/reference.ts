import { randomInt } from 'node:crypto';

/**
 * Twenty-nine characters that survive handwriting and the telephone: no vowels (so no words), no L (1), no S (5).
 * Twenty-nine is prime, which lets one check character find every single wrong character and every swapped pair.
 */
const alphabet = '0123456789BCDFGHJKMNPQRTVWXYZ';
const randomLength = 7;
const lookalikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5' };

/**
 * A new reference for people to read out, such as `FEM-7K3D-94XW`: seven random characters and a check character.
 * Two can be equal (once in 17 thousand million): whoever stores one keeps it unique and asks for another.
 */
export function newReference(): string {
  let characters = '';
  for (let i = 0; i < randomLength; i += 1) characters += alphabet.charAt(randomInt(alphabet.length));
  return written(characters + checkCharacter(characters));
}

/**
 * Reads a reference as a person types it: any case, with or without dashes, spaces and the leading FEM, O for 0, I or L for 1, S for 5.
 * Gives it as `newReference` writes it, or null when it is none or its check character does not fit.
 */
export function parseReference(text: string): string | null {
  const typed = text.toUpperCase().replace(/[\s\-–—]/g, '').replace(/^FEM/, '');
  const characters = typed.replace(/[OILS]/g, (letter) => lookalikes[letter] ?? letter);
  if (characters.length !== randomLength + 1) return null;
  for (const character of characters) if (!alphabet.includes(character)) return null;
  return checkCharacter(characters.slice(0, randomLength)) === characters.charAt(randomLength) ? written(characters) : null;
}

function written(characters: string): string {
  return `FEM-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** Weights 2 to 8, the check character itself having weight 1; the weighted sum of all eight is 0 modulo 29. */
function checkCharacter(characters: string): string {
  let sum = 0;
  for (let i = 0; i < randomLength; i += 1) sum += (i + 2) * alphabet.indexOf(characters.charAt(i));
  return alphabet.charAt((alphabet.length - (sum % alphabet.length)) % alphabet.length);
}
