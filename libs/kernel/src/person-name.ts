const lettersWithoutDecomposition: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i',
};

/**
 * A name as it is compared, never as it is shown: lower case, without accents, apostrophes and full stops,
 * with every other run of characters that are not letters or digits as one space. "O'Brien-Łuczak" becomes 'obrien luczak'.
 */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/\p{Mn}+/gu, '')
    .replace(/[ßæœøłđðþħı]/g, (letter) => lettersWithoutDecomposition[letter] ?? letter)
    .replace(/['’‘ʼ`´.]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
