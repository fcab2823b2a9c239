/** The words of an HTML page, without tags, with one space between. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
}

/** The cells of the first table with a caption, row by row, its head first; none when there is no such table. */
export function tableCalled(html: string, caption: string | RegExp): string[][] {
  const found = [...html.matchAll(/<table[\s\S]*?<\/table>/g)].map(([table]) => table).find((table) => {
    const words = wordsOf(/<caption[\s\S]*?<\/caption>/.exec(table)?.[0] ?? '').trim();
    return typeof caption === 'string' ? words === caption : caption.test(words);
  });
  const rows = [...(found ?? '').matchAll(/<tr[\s\S]*?<\/tr>/g)];
  return rows.map(([row]) => [...row.matchAll(/<(t[hd])[\s>][\s\S]*?<\/\1>/g)].map(([cell]) => wordsOf(cell).trim()));
}
